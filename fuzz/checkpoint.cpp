// Any bytes are either refused or read as a checkpoint that would be written in exactly those bytes; and nothing that
// the known key did not sign is taken for signed.
#include "audit/checkpoint.h"
#include "audit/checkpoint_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace reachable;
    static const auto key = signing_key_from({7});
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    std::size_t pieces_size = 0;
    for (const auto piece : audit::split_checkpoints(text)) {
        CHECK(!piece.empty(), "a piece of a checkpoint file is empty");
        pieces_size += piece.size();
    }
    CHECK(pieces_size <= size, "a checkpoint file grew when it was split");
    const auto note = audit::parse_checkpoint(text);
    if (!note) {
        CHECK(!note.error().front().sentence.empty(), "a checkpoint was refused without a sentence");
        return 0;
    }
    const auto again = audit::sign_checkpoint(note->checkpoint, key);
    const auto body_size = again.find("\n\n");
    CHECK(text.substr(0, body_size) == std::string_view(again).substr(0, body_size), "a checkpoint reads in two ways");
    if (audit::is_signed_by(key.open, *note)) CHECK(again == text, "a checkpoint was signed in two ways");
    return 0;
}
