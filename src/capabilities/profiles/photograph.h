// A photograph as it may be kept: a JPEG or a PNG, written anew piece by piece, so that nothing stays in it of where,
// when, by whom and with what it was taken (EXIF, XMP, texts, thumbnails, what hangs behind the picture). Which way is
// up is all that is kept of EXIF, for else many would lie on their side. The picture itself is not decoded.
#pragma once

#include "base/bytes.h"

namespace reachable::profiles {

enum class PictureKind { jpeg, png };
/// "image/jpeg", "image/png"
std::string_view media_type_of(PictureKind kind);

struct Photograph {
    PictureKind kind = PictureKind::jpeg;
    Bytes bytes;
};

constexpr std::size_t most_photograph_bytes = 900 * std::size_t{1024};
constexpr std::uint32_t longest_side = 10'000; // dots

/// The picture without what is said of it. Refuses, in words for whoever chose the file: what is too large, no JPEG or
/// PNG, or broken.
Result<Photograph> clean_photograph(std::span<const std::uint8_t> file);

} // namespace reachable::profiles
