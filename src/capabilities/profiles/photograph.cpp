#include "capabilities/profiles/photograph.h"

#include <algorithm>
#include <array>
#include <optional>

namespace reachable::profiles {
namespace {

using Span = std::span<const std::uint8_t>;

constexpr std::array<std::uint8_t, 8> png_begins{0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

tl::unexpected<Problems> no_photograph(std::string words)
{
    return refuse(ProblemKind::malformed, std::move(words), "photo");
}
tl::unexpected<Problems> broken()
{
    return no_photograph("This file is no whole photograph. Choose another one");
}

bool begins_with(Span bytes, Span beginning)
{
    return bytes.size() >= beginning.size() && std::equal(beginning.begin(), beginning.end(), bytes.begin());
}

void append(Bytes& to, Span what)
{
    to.insert(to.end(), what.begin(), what.end());
}

std::uint32_t big_endian(Span bytes, std::size_t at, std::size_t size)
{
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < size; ++i) value = value << 8U | bytes[at + i];
    return value;
}

std::uint32_t number_at(Span tiff, std::size_t at, std::size_t size, bool is_big_endian)
{
    if (is_big_endian) return big_endian(tiff, at, size);
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < size; ++i) value |= static_cast<std::uint32_t>(tiff[at + i]) << 8U * i;
    return value;
}

bool fits(std::uint32_t width, std::uint32_t height)
{
    return width > 0 && height > 0 && width <= longest_side && height <= longest_side;
}

// JPEG: segments, each a marker, two bytes of length and that many bytes; the picture's data follow SOS.

constexpr std::uint8_t start_of_image = 0xD8, end_of_image = 0xD9, start_of_scan = 0xDA, jfif = 0xE0, exif = 0xE1,
                       adobe = 0xEE;

/// 2 to 8 if the EXIF segment says that the picture does not stand upright; else nothing.
std::optional<std::uint8_t> turned_by(Span segment)
{
    constexpr std::array<std::uint8_t, 6> begins{'E', 'x', 'i', 'f', 0, 0};
    constexpr std::size_t entry_size = 12;
    if (!begins_with(segment, begins)) return std::nullopt;
    const auto tiff = segment.subspan(begins.size());
    if (tiff.size() < 10) return std::nullopt;
    const bool is_big = tiff[0] == 'M';
    const std::size_t table = number_at(tiff, 4, 4, is_big);
    if (table > tiff.size() - 2) return std::nullopt;
    const std::size_t count = number_at(tiff, table, 2, is_big);
    for (std::size_t i = 0; i < count; ++i) {
        const auto at = table + 2 + i * entry_size;
        if (at + entry_size > tiff.size()) return std::nullopt;
        if (number_at(tiff, at, 2, is_big) != 0x0112) continue;
        const auto way = number_at(tiff, at + 8, 2, is_big);
        return way >= 2 && way <= 8 ? std::optional(static_cast<std::uint8_t>(way)) : std::nullopt;
    }
    return std::nullopt;
}

/// An EXIF segment that says which way is up, and nothing else.
void append_way_up(Bytes& to, std::uint8_t way)
{
    const std::array<std::uint8_t, 36> segment{0xFF, exif, 0, 34, 'E', 'x', 'i', 'f', 0, 0,    'M', 'M',
                                               0,    42,   0, 0,  0,   8,   0,   1,   1, 0x12, 0,   3,
                                               0,    0,    0, 1,  0,   way, 0,   0,   0, 0,    0,   0};
    append(to, segment);
}

/// The size of the picture and the tables that decode it; what an application says of it is not among them.
bool belongs_to_the_picture(std::uint8_t marker)
{
    constexpr std::array<std::uint8_t, 7> kept{0xC0, 0xC1, 0xC2, 0xC4, 0xDB, 0xDD, adobe};
    return std::ranges::find(kept, marker) != kept.end();
}
bool is_frame(std::uint8_t marker)
{
    return marker >= 0xC0 && marker <= 0xC2;
}
bool is_another_coding(std::uint8_t marker)
{
    return marker >= 0xC3 && marker <= 0xCF && marker != 0xC4;
}

/// How far the data of a scan reach: up to the next marker that is none of theirs.
std::size_t end_of_scan(Span file, std::size_t at)
{
    for (; at + 1 < file.size(); ++at) {
        const auto next = file[at + 1];
        const bool is_theirs = next == 0 || (next >= 0xD0 && next <= 0xD7);
        if (file[at] == 0xFF && !is_theirs && next != 0xFF) return at;
    }
    return file.size();
}

/// JFIF without the thumbnail that may stand in it.
constexpr std::array<std::uint8_t, 18> plain_jfif{0xFF, jfif, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0};

class JpegCleaner {
  public:
    explicit JpegCleaner(Span file) : file_(file) {}

    Result<Photograph> clean()
    {
        made_ = {0xFF, start_of_image};
        std::size_t at = 2;
        while (true) {
            while (at + 1 < file_.size() && file_[at] == 0xFF && file_[at + 1] == 0xFF) ++at; // filling
            if (at + 1 >= file_.size() || file_[at] != 0xFF) return broken();
            const auto marker = file_[at + 1];
            if (marker == end_of_image) break; // what hangs behind it is left out
            if (at + 4 > file_.size()) return broken();
            const std::size_t length = big_endian(file_, at + 2, 2);
            if (length < 2 || length > file_.size() - at - 2) return broken();
            auto end = at + 2 + length;
            if (marker == start_of_scan) end = end_of_scan(file_, end);
            TRY(take(marker, file_.subspan(at, end - at)));
            at = end;
        }
        if (!has_frame_ || !has_scan_) return broken();
        made_.insert(made_.end(), {0xFF, end_of_image});
        return Photograph{PictureKind::jpeg, std::move(made_)};
    }

  private:
    Result<> take(std::uint8_t marker, Span segment)
    {
        if (is_another_coding(marker))
            return no_photograph("This kind of JPEG cannot be shown. Save it as a usual one");
        if (marker == exif && !way_up_) way_up_ = turned_by(segment.subspan(4));
        const bool is_first_of_the_picture = !has_begun_ && (belongs_to_the_picture(marker) && marker != adobe);
        if (marker == jfif && !has_begun_ && !has_jfif_) {
            has_jfif_ = true;
            append(made_, plain_jfif);
        }
        if (is_first_of_the_picture) {
            has_begun_ = true;
            if (way_up_) append_way_up(made_, *way_up_);
        }
        if (is_frame(marker)) {
            if (segment.size() < 10) return broken();
            if (!fits(big_endian(segment, 7, 2), big_endian(segment, 5, 2)))
                return no_photograph("A photograph is at most 10,000 dots wide and high");
            has_frame_ = true;
        }
        if (marker == start_of_scan) {
            if (!has_frame_) return broken();
            has_scan_ = true;
        }
        // How colours are written is all that Adobe's segment is kept for; a longer one says more than that.
        constexpr std::size_t adobe_size = 16;
        if (marker == adobe && segment.size() != adobe_size) return {};
        if (marker == start_of_scan || belongs_to_the_picture(marker)) append(made_, segment);
        return {};
    }

    Span file_;
    Bytes made_;
    std::optional<std::uint8_t> way_up_;
    bool has_jfif_ = false;
    bool has_begun_ = false;
    bool has_frame_ = false;
    bool has_scan_ = false;
};

// PNG: chunks, each four bytes of length, four letters, that many bytes and their checksum.

std::uint32_t checksum(Span bytes)
{
    std::uint32_t crc = 0xFFFFFFFFU;
    for (const auto byte : bytes) {
        crc ^= byte;
        for (int bit = 0; bit < 8; ++bit) crc = (crc & 1U) != 0 ? crc >> 1U ^ 0xEDB88320U : crc >> 1U;
    }
    return ~crc;
}

bool is_needed_to_draw(std::string_view name)
{
    constexpr std::array<std::string_view, 8> kept{"IHDR", "PLTE", "tRNS", "gAMA", "cHRM", "sRGB", "IDAT", "IEND"};
    return std::ranges::find(kept, name) != kept.end();
}

Result<Photograph> clean_png(Span file)
{
    constexpr std::size_t frame = 12; // of a chunk: length, name, checksum
    Photograph made{PictureKind::png, Bytes(png_begins.begin(), png_begins.end())};
    bool has_data = false;
    for (std::size_t at = png_begins.size(); at + frame <= file.size();) {
        const std::size_t length = big_endian(file, at, 4);
        if (length > file.size() - at - frame) return broken();
        const auto chunk = file.subspan(at, frame + length);
        const auto name = as_text(chunk.subspan(4, 4));
        if (checksum(chunk.subspan(4, 4 + length)) != big_endian(chunk, 8 + length, 4)) return broken();
        const bool is_first = at == png_begins.size();
        if (is_first != (name == "IHDR") || (is_first && length != 13)) return broken();
        if (is_first && !fits(big_endian(chunk, 8, 4), big_endian(chunk, 12, 4)))
            return no_photograph("A photograph is at most 10,000 dots wide and high");
        has_data = has_data || name == "IDAT";
        if (is_needed_to_draw(name)) append(made.bytes, chunk);
        at += chunk.size();
        if (name == "IEND") return has_data ? Result<Photograph>(std::move(made)) : broken();
    }
    return broken();
}

} // namespace

std::string_view media_type_of(PictureKind kind)
{
    return kind == PictureKind::png ? "image/png" : "image/jpeg";
}

Result<Photograph> clean_photograph(Span file)
{
    constexpr std::array<std::uint8_t, 3> jpeg_begins{0xFF, start_of_image, 0xFF};
    if (file.empty()) return no_photograph("Choose a photograph");
    if (file.size() > most_photograph_bytes)
        return no_photograph("A photograph is at most 900 kB. Send a smaller one: most telephones ask for the size");
    if (begins_with(file, png_begins)) return clean_png(file);
    if (begins_with(file, jpeg_begins)) return JpegCleaner(file).clean();
    return no_photograph("A photograph is a JPEG or a PNG. Save it as one of these");
}

} // namespace reachable::profiles
