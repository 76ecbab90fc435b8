// What stays in a photograph, and what does not.
#include "capabilities/profiles/photograph.h"

#include <gtest/gtest.h>

namespace reachable::profiles {
namespace {

void add(Bytes& to, std::initializer_list<int> bytes)
{
    for (const auto byte : bytes) to.push_back(static_cast<std::uint8_t>(byte));
}
void add(Bytes& to, std::string_view text)
{
    to.insert(to.end(), text.begin(), text.end());
}
void add_segment(Bytes& to, int marker, std::string_view content)
{
    add(to, {0xFF, marker, static_cast<int>((content.size() + 2) >> 8), static_cast<int>((content.size() + 2) & 0xFF)});
    add(to, content);
}

/// EXIF, little-endian, that says which way is up and where it was taken.
std::string exif(int way)
{
    std::string text("Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0", 24);
    text += static_cast<char>(way);
    return text + std::string("\0\0\0\0\0\0\0", 7) + "51.5074 N 0.1278 W, a telephone";
}

Bytes jpeg(int way = 1)
{
    Bytes file;
    add(file, {0xFF, 0xD8});
    add_segment(file, 0xE0, std::string_view("JFIF\0\1\2\0\0\1\0\1\1\1THUMB", 19));
    add_segment(file, 0xE1, exif(way));
    add_segment(file, 0xE1, "http://ns.adobe.com/xap/1.0/ the name of a carer");
    add_segment(file, 0xE2, "ICC_PROFILE of a telephone");
    add_segment(file, 0xED, "Photoshop 3.0 a caption");
    add_segment(file, 0xFE, "a comment");
    add_segment(file, 0xDB, "tables");
    add_segment(file, 0xC0, std::string_view("\x08\x00\x20\x00\x10\x01\x11\x00\x00", 9));
    add_segment(file, 0xC4, "codes");
    add_segment(file, 0xDA, "scan");
    add(file, {1, 2, 0xFF, 0, 3, 0xFF, 0xD0, 4});
    add(file, {0xFF, 0xD9});
    add(file, "a second picture, hidden behind the first");
    return file;
}

bool holds(const Bytes& bytes, std::string_view text)
{
    return as_text(bytes).find(text) != std::string_view::npos;
}

std::uint32_t crc(std::string_view text)
{
    std::uint32_t value = 0xFFFFFFFFU;
    for (const char c : text) {
        value ^= static_cast<std::uint8_t>(c);
        for (int bit = 0; bit < 8; ++bit) value = (value & 1U) != 0 ? value >> 1U ^ 0xEDB88320U : value >> 1U;
    }
    return ~value;
}
void add_number(Bytes& to, std::size_t value)
{
    for (int shift = 24; shift >= 0; shift -= 8) to.push_back(static_cast<std::uint8_t>(value >> shift));
}
void add_chunk(Bytes& to, const std::string& name, const std::string& content)
{
    add_number(to, content.size());
    add(to, name + content);
    add_number(to, crc(name + content));
}
Bytes png()
{
    Bytes file;
    add(file, {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
    add_chunk(file, "IHDR", std::string("\0\0\0\x10\0\0\0\x20\x08\2\0\0\0", 13));
    add_chunk(file, "tEXt", "Comment\0by a carer");
    add_chunk(file, "eXIf", "51.5074 N");
    add_chunk(file, "IDAT", "data");
    add_chunk(file, "tIME", "1234567");
    add_chunk(file, "IEND", "");
    add(file, "hidden behind it");
    return file;
}

TEST(Photographs, of_a_telephone_keep_the_picture_and_lose_what_is_said_of_it)
{
    const auto cleaned = clean_photograph(jpeg());
    ASSERT_TRUE(cleaned) << sentences(cleaned.error());
    EXPECT_EQ(media_type_of(cleaned->kind), "image/jpeg");
    for (const auto* text : {"Exif", "51.5", "telephone", "carer", "ICC", "Photoshop", "comment", "THUMB", "hidden"})
        EXPECT_FALSE(holds(cleaned->bytes, text)) << text;
    for (const auto* text : {"JFIF", "tables", "codes", "scan", "\1\2\xFF"})
        EXPECT_TRUE(holds(cleaned->bytes, text)) << text;
    EXPECT_TRUE(holds(cleaned->bytes, std::string_view("\3\xFF\xD0\4\xFF\xD9", 6))) << "the data, to their end";
    const auto again = clean_photograph(cleaned->bytes);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->bytes, cleaned->bytes) << "what is clean stays as it is";
}

TEST(Photographs, that_lie_on_their_side_say_so_still_and_nothing_else)
{
    const auto cleaned = clean_photograph(jpeg(6));
    ASSERT_TRUE(cleaned);
    EXPECT_TRUE(holds(cleaned->bytes, std::string_view("Exif\0\0MM\0*\0\0\0\x08\0\1\1\x12\0\3\0\0\0\1\0\6", 26)));
    EXPECT_FALSE(holds(cleaned->bytes, "51.5"));
    EXPECT_EQ(clean_photograph(cleaned->bytes)->bytes, cleaned->bytes);
}

TEST(Photographs, as_png_keep_what_draws_them)
{
    const auto cleaned = clean_photograph(png());
    ASSERT_TRUE(cleaned) << sentences(cleaned.error());
    EXPECT_EQ(media_type_of(cleaned->kind), "image/png");
    for (const auto* text : {"tEXt", "carer", "eXIf", "51.5", "tIME", "hidden"})
        EXPECT_FALSE(holds(cleaned->bytes, text)) << text;
    for (const auto* text : {"IHDR", "IDAT", "IEND"}) EXPECT_TRUE(holds(cleaned->bytes, text)) << text;
}

TEST(Photographs, that_are_cut_anywhere_are_refused)
{
    for (const auto& file : {jpeg(6), png()}) {
        const auto whole = clean_photograph(file)->bytes;
        for (std::size_t length = 0; length < whole.size(); ++length)
            EXPECT_FALSE(clean_photograph(std::span(whole).first(length))) << length << " of " << whole.size();
    }
}

TEST(Photographs, are_no_other_files_and_no_larger)
{
    for (const auto* text : {"", "GIF89a", "<svg onload=alert(1)>", "%PDF-1.7", "\xFF\xD8"})
        EXPECT_FALSE(clean_photograph(as_bytes(text))) << text;
    auto large = jpeg();
    large.resize(most_photograph_bytes + 1);
    EXPECT_NE(sentences(clean_photograph(large).error()).find("at most 900 kB"), std::string::npos);
    auto arithmetic = jpeg();
    for (std::size_t i = 0; i + 1 < arithmetic.size(); ++i)
        if (arithmetic[i] == 0xFF && arithmetic[i + 1] == 0xC0) arithmetic[i + 1] = 0xC9;
    EXPECT_FALSE(clean_photograph(arithmetic)) << "what no browser shows";
    auto wrong = png();
    wrong[30] ^= 1U; // a checksum
    EXPECT_FALSE(clean_photograph(wrong));
}

/// Whatever is changed in a file: it is refused, or what comes out is clean once more.
TEST(Photographs, changed_by_chance_are_refused_or_clean)
{
    std::uint32_t random = 1;
    for (const auto& file : {jpeg(6), png()})
        for (int i = 0; i < 20'000; ++i) {
            auto changed = file;
            for (int times = 0; times < 3; ++times) {
                random = random * 1664525U + 1013904223U;
                changed[(random >> 8U) % changed.size()] = static_cast<std::uint8_t>(random >> 24U);
            }
            const auto cleaned = clean_photograph(changed);
            if (!cleaned) continue;
            const auto again = clean_photograph(cleaned->bytes);
            ASSERT_TRUE(again);
            ASSERT_EQ(again->bytes, cleaned->bytes);
        }
}

} // namespace
} // namespace reachable::profiles
