#include "audit/checker.h"

#include "audit/checkpoint_file.h"

namespace reachable::audit {
namespace {

constexpr std::size_t most_faults = 100;

std::string entries(std::uint64_t count)
{
    return count == 1 ? std::string("1 entry") : std::to_string(count) + " entries";
}

} // namespace

Checker::Checker(std::span<const std::uint8_t> open_key, std::string_view kept_checkpoints,
                 TileReader when_tile_is_full)
    : open_key_(open_key), when_tile_is_full_(std::move(when_tile_is_full))
{
    read_kept(kept_checkpoints);
}

void Checker::read_kept(std::string_view file)
{
    std::size_t number = 0;
    for (const auto text : split_checkpoints(file)) {
        ++number;
        auto note = parse_checkpoint(text);
        if (note)
            kept_.emplace(note->checkpoint.size, Kept{std::move(*note), text});
        else
            fault("Kept checkpoint " + std::to_string(number) + " cannot be read.");
    }
}

void Checker::fault(std::string sentence)
{
    if (verification_.faults.size() < most_faults)
        verification_.faults.push_back(std::move(sentence));
    else
        ++unnamed_fault_count_;
}

void Checker::take_entry(std::span<const std::uint8_t> canonical_bytes)
{
    const auto number = edge_.size();
    is_newest_readable_ = read_entry(as_text(canonical_bytes), newest_).has_value();
    if (!is_newest_readable_)
        fault("Entry " + std::to_string(number) + " is not written as entries are.");
    else if (newest_.sequence != number)
        fault("In the place of entry " + std::to_string(number) + " stands entry " + std::to_string(newest_.sequence) +
              ".");
    const Hash leaf = leaf_hash(canonical_bytes);
    edge_.add(leaf);
    if (when_tile_is_full_) tiles_.add(leaf, edge_, when_tile_is_full_);
}

void Checker::take_checkpoint(std::string_view text)
{
    ++verification_.checkpoint_count;
    auto note = parse_checkpoint(text);
    if (!note) {
        fault("The checkpoint after " + entries(edge_.size()) + " cannot be read.");
        return;
    }
    const auto& checkpoint = note->checkpoint;
    check_against_entries(checkpoint);
    check_against_previous(checkpoint);
    check_against_kept(checkpoint, text);
    newest_text_ = text;
    newest_note_ = std::move(*note);
}

void Checker::check_against_entries(const Checkpoint& checkpoint)
{
    if (checkpoint.size != edge_.size()) {
        fault("The checkpoint of " + entries(checkpoint.size) + " stands where there are " + entries(edge_.size()) +
              ".");
        return;
    }
    if (checkpoint.root != edge_.root()) {
        // After one changed entry no later root fits either; the first one says where to look.
        if (++unfit_count_ == 1)
            fault("Among the first " + entries(checkpoint.size) + ", signed for at " + to_iso(checkpoint.at) +
                  ", at least one is not the entry that was signed for.");
        return;
    }
    if (const auto* entry = newest_entry(); entry != nullptr && entry->at != checkpoint.at)
        fault("The checkpoint of " + entries(checkpoint.size) + " bears another time than its newest entry.");
}

void Checker::check_against_previous(const Checkpoint& checkpoint)
{
    if (checkpoint.previous != hash_of_checkpoint(newest_text_))
        fault("The checkpoint of " + entries(checkpoint.size) +
              " does not follow the one before it: one was changed, added or taken out.");
    if (!newest_note_) return;
    if (checkpoint.origin != newest_note_->checkpoint.origin)
        fault("The checkpoint of " + entries(checkpoint.size) + " names another log.");
    if (checkpoint.size <= newest_note_->checkpoint.size)
        fault("The checkpoint of " + entries(checkpoint.size) + " comes after one of " +
              entries(newest_note_->checkpoint.size) + ".");
}

void Checker::check_against_kept(const Checkpoint& checkpoint, std::string_view text)
{
    const auto [first, end] = kept_.equal_range(checkpoint.size);
    for (auto kept = first; kept != end; ++kept)
        kept->second.is_found = kept->second.is_found || kept->second.text == text;
}

void Checker::check_signature()
{
    const auto signed_count = newest_note_ ? newest_note_->checkpoint.size : 0;
    if (newest_note_ && !is_signed_by(open_key_, *newest_note_))
        fault("The newest checkpoint, of " + entries(signed_count) + ", was not signed with this key.");
    if (edge_.size() > signed_count)
        fault("Nobody signed for " + entries(edge_.size() - signed_count) + " at the end, from entry " +
              std::to_string(signed_count) + " on.");
    if (unfit_count_ > 1) fault("So it is with " + std::to_string(unfit_count_ - 1) + " later checkpoints.");
}

void Checker::check_kept_that_were_not_found()
{
    for (const auto& [size, kept] : kept_) {
        if (kept.is_found) continue;
        if (!is_signed_by(open_key_, kept.note))
            fault("The kept checkpoint of " + entries(size) + " was not signed with this key.");
        else if (size > edge_.size())
            fault("A kept checkpoint signs for " + entries(size) + ", but there are only " + entries(edge_.size()) +
                  ": the end was cut off.");
        else
            fault("The kept checkpoint of " + entries(size) + " is not in this log: its history was written anew.");
    }
}

Verification Checker::finish()
{
    check_signature();
    check_kept_that_were_not_found();
    verification_.is_whole = verification_.faults.empty();
    verification_.entry_count = edge_.size();
    verification_.root = edge_.root();
    if (unnamed_fault_count_ > 0)
        verification_.faults.push_back("And " + std::to_string(unnamed_fault_count_) + " more faults.");
    return std::move(verification_);
}

} // namespace reachable::audit
