#include "base/crypto.h"
#include "base/id.h"
#include "base/text.h"
#include "base/time.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace reachable {

TEST(Times, an_instant_reads_back_as_it_was_written)
{
    const auto time = parse_utc("2026-10-25T00:30:00Z");
    ASSERT_TRUE(time);
    EXPECT_EQ(to_iso(*time), "2026-10-25T00:30:00Z");
}

TEST(Times, days_that_do_not_exist_are_refused)
{
    for (const auto* text : {"2026-02-30", "2026-13-01", "2026-1-01", "2026-01-01x", "", "20260-1-01", "2025-02-29"})
        EXPECT_FALSE(parse_date(text)) << text;
    for (const auto* text :
         {"2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z", "2026-01-01 00:00:00Z", "2026-01-01T00:00:00"})
        EXPECT_FALSE(parse_utc(text)) << text;
}

TEST(Times, a_partial_date_spans_all_it_could_mean)
{
    const auto month = parse_partial_date("2012-02");
    ASSERT_TRUE(month);
    EXPECT_EQ(to_iso(month->earliest()), "2012-02-01");
    EXPECT_EQ(to_iso(month->latest()), "2012-02-29");
    EXPECT_EQ(to_iso(*parse_partial_date("2011~")), "2011~");
    EXPECT_FALSE(parse_partial_date("2011-5"));
}

RC_GTEST_PROP(Times, every_instant_of_four_centuries_round_trips, ())
{
    const auto time = from_seconds(*rc::gen::inRange<std::int64_t>(-6'000'000'000, 7'000'000'000));
    RC_ASSERT(*parse_utc(to_iso(time)) == time);
}

RC_GTEST_PROP(Texts, bytes_round_trip_through_hex_and_base64, (const Bytes& bytes))
{
    RC_ASSERT(*from_hex(to_hex(bytes)) == bytes);
    RC_ASSERT(*from_base64(to_base64(bytes)) == bytes);
    RC_ASSERT(*from_base64url(to_base64url(bytes)) == bytes);
}

TEST(Texts, malformed_utf8_and_control_characters_are_noticed)
{
    EXPECT_TRUE(is_clean_utf8("Zoë Nguyễn 李\n"));
    for (const auto* text : {"\xC0\xAF", "\xED\xA0\x80", "\xF5\x80\x80\x80", "\x01", "\x7F", "\xE2\x82", "\x80"})
        EXPECT_FALSE(is_clean_utf8(text));
}

TEST(Texts, are_blank_where_they_show_nothing)
{
    EXPECT_EQ(trim(" \t Mia \u00A0 Sample\u3000\n"), "Mia \u00A0 Sample");
    for (const auto* nothing : {"", " ", "\u00A0\u00A0\u00A0", "\u200B \uFEFF", "\u2800\u3164\u00AD"})
        EXPECT_EQ(trim(nothing), "") << nothing;
    for (const auto* word : {"é", "Ł", "一", "ﾠa", "à", "😀"}) EXPECT_FALSE(trim(word).empty()) << word;
    EXPECT_EQ(trim("\xA0"), "\xA0") << "half a character is none";
    for (const auto* turned : {"\u202EelaH", "Hale\u2066"})
        EXPECT_EQ(trim(turned), turned) << "to be found, not cut off";
}

TEST(Texts, that_turn_the_direction_of_reading_are_noticed)
{
    for (const auto* text : {"Zo\u202Eeb\u202C", "\u202A", "a\u2066b", "\u2069"}) EXPECT_TRUE(turns_direction(text));
    for (const auto* text : {"", "Zoë Nguyễn 李", "שרה", "a\u2029b", "a\u2065b", "a\u206Ab", "\xE2"})
        EXPECT_FALSE(turns_direction(text));
}

TEST(Ids, are_read_only_in_the_form_they_are_written)
{
    const auto id = ChildId::random();
    EXPECT_EQ(*ChildId::parse(id.text()), id);
    EXPECT_FALSE(ChildId::parse("abc"));
    EXPECT_FALSE(ChildId::parse(std::string(32, 'G')));
}

TEST(Crypto, agrees_with_published_vectors)
{
    // FIPS 180-4, "abc"; RFC 4231 case 2; RFC 8032 test 1.
    EXPECT_EQ(to_hex(sha256(as_bytes("abc"))), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(to_hex(hmac_sha256(as_bytes("Jefe"), as_bytes("what do ya want for nothing?"))),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    std::array<std::uint8_t, 32> secret{};
    const auto bytes = *from_hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
    std::copy(bytes.begin(), bytes.end(), secret.begin());
    const auto key = signing_key_from(secret);
    EXPECT_EQ(to_hex(key.open), "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    const auto signature = sign(key, {});
    EXPECT_EQ(to_hex(signature),
              "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
              "d25bf5f0595bbe24655141438e7a100b");
    EXPECT_TRUE(is_signed_by(key.open, {}, signature));
    EXPECT_FALSE(is_signed_by(key.open, as_bytes("x"), signature));
}

TEST(Crypto, opens_what_it_sealed_and_nothing_else)
{
    // The GCM specification's test case 16 (AES-256, with associated data), laid out as `seal` does: nonce, text, tag.
    SealingKey key{};
    const auto bytes = *from_hex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
    std::copy(bytes.begin(), bytes.end(), key.begin());
    const auto bound_to = *from_hex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
    const auto published = *from_hex("cafebabefacedbaddecaf888"
                                     "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
                                     "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
                                     "76fc6ece0f4e1768cddf8853bb2d551b");
    const auto opened = unseal(key, published, bound_to);
    ASSERT_TRUE(opened);
    EXPECT_EQ(to_hex(*opened), "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                               "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39");
    const auto sealed = seal(key, *opened, bound_to);
    EXPECT_NE(sealed, seal(key, *opened, bound_to)); // never the same nonce twice
    EXPECT_EQ(unseal(key, sealed, bound_to), opened);
    EXPECT_EQ(unseal(key, seal(key, {}, {}), {}), Bytes{});
    EXPECT_FALSE(unseal(key, sealed, as_bytes("somebody else")));
    for (std::size_t at = 0; at < sealed.size(); ++at) {
        auto changed = sealed;
        changed[at] ^= 1U;
        EXPECT_FALSE(unseal(key, changed, bound_to)) << at;
    }
    EXPECT_FALSE(unseal(key, std::span(sealed).first(27), bound_to));
    key[31] ^= 1U;
    EXPECT_FALSE(unseal(key, sealed, bound_to));
}

} // namespace reachable
