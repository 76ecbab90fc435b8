#include "audit/checkpoint.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace reachable::audit {
namespace {

SigningKey key_of(std::uint8_t number)
{
    std::array<std::uint8_t, 32> secret{};
    secret[0] = number;
    return signing_key_from(secret);
}

Checkpoint known()
{
    return {.origin = "reachable.example/log",
            .size = 17,
            .root = sha256(as_bytes("root")),
            .at = parse_utc("2026-10-25T00:30:00Z").value(),
            .previous = sha256({})};
}

TEST(Checkpoint, is_a_note_of_five_lines_and_a_signature)
{
    const auto text = sign_checkpoint(known(), key_of(1));
    EXPECT_TRUE(text.starts_with("reachable.example/log\n17\nSBNJTRN+FjG7owHVrKtue7eqdM4RhdRWVl71HXN2d7I=\n"
                                 "2026-10-25T00:30:00Z\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n"
                                 "\u2014 reachable.example/log ASNqav+5"))
        << text;
    const auto back = read_checkpoint(text, key_of(1).open);
    ASSERT_TRUE(back);
    EXPECT_EQ(*back, known());
}

TEST(Checkpoint, signed_with_another_key_is_refused)
{
    const auto text = sign_checkpoint(known(), key_of(1));
    EXPECT_FALSE(read_checkpoint(text, key_of(2).open));
    EXPECT_FALSE(read_checkpoint(text, Bytes{1, 2, 3}));
}

TEST(Checkpoint, with_another_algorithm_byte_is_refused)
{
    auto text = sign_checkpoint(known(), key_of(1));
    const auto seal_at = text.rfind(' ') + 1;
    auto seal = from_base64(text.substr(seal_at, text.size() - seal_at - 1)).value();
    seal[0] = 0x02;
    text = text.substr(0, seal_at) + to_base64(seal) + '\n';
    const auto read = parse_checkpoint(text);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().front().sentence, "The checkpoint is signed in a way that this program does not know");
}

TEST(Checkpoint, with_any_one_byte_changed_added_or_lost_is_refused)
{
    const auto open = key_of(1).open;
    const auto text = sign_checkpoint(known(), key_of(1));
    for (std::size_t i = 0; i < text.size(); ++i) {
        for (const char other : {'A', '0', '\n', ' ', '\r', '=', '\0'}) {
            auto changed = text;
            changed[i] = other;
            EXPECT_EQ(read_checkpoint(changed, open).has_value(), changed == text) << i;
            EXPECT_FALSE(read_checkpoint(std::string(text).insert(i, 1, other), open)) << i;
        }
        EXPECT_FALSE(read_checkpoint(std::string(text).erase(i, 1), open)) << i;
    }
    EXPECT_FALSE(read_checkpoint(text + "\n", open));
    EXPECT_FALSE(read_checkpoint(std::string(text).replace(text.find("17"), 2, "017"), open));
}

TEST(Checkpoint, of_a_log_without_a_proper_name_is_a_bug)
{
    for (const auto* origin : {"", "two words", "a+b", "line\nend"}) {
        auto checkpoint = known();
        checkpoint.origin = origin;
        EXPECT_THROW(sign_checkpoint(checkpoint, key_of(1)), Bug);
    }
}

RC_GTEST_PROP(Checkpoint, comes_back_as_it_was_signed, ())
{
    auto checkpoint = known();
    checkpoint.size = *rc::gen::inRange<std::uint64_t>(1, UINT64_MAX);
    checkpoint.at = from_seconds(*rc::gen::inRange<std::int64_t>(0, 253'402'300'800));
    checkpoint.root[*rc::gen::inRange<std::size_t>(0, 32)] ^= *rc::gen::arbitrary<std::uint8_t>();
    const auto key = key_of(*rc::gen::arbitrary<std::uint8_t>());
    const auto back = read_checkpoint(sign_checkpoint(checkpoint, key), key.open);
    RC_ASSERT(back.has_value());
    RC_ASSERT(*back == checkpoint);
}

} // namespace
} // namespace reachable::audit
