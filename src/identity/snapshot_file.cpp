#include "identity/snapshot_file.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace reachable::identity {
namespace {

std::span<const std::uint8_t> bytes_of(const SnapshotHead& head)
{
    return {reinterpret_cast<const std::uint8_t*>(&head), sizeof head};
}

/// Of an array, and of what its head says.
Hash hash_of(SnapshotHead head, std::span<const std::uint8_t> bytes)
{
    head.hash = {};
    return sha256(bytes_of(head), bytes);
}

} // namespace

SnapshotWriter::SnapshotWriter(std::filesystem::path path) : path_(std::move(path)), draft_(path_)
{
    draft_ += ".new";
    file_ = ::open(draft_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file_ < 0) fail("cannot be written");
    std::ranges::copy(random_bytes(name_.size()), name_.begin());
}

SnapshotWriter::~SnapshotWriter()
{
    if (file_ < 0) return;
    ::close(file_);
    std::error_code ignored;
    std::filesystem::remove(draft_, ignored);
}

void SnapshotWriter::put(std::span<const std::uint8_t> bytes, std::size_t item_bytes, std::size_t count)
{
    SnapshotHead head{.file = name_, .place = place_++, .item_bytes = item_bytes, .count = count};
    head.hash = hash_of(head, bytes);
    write(bytes_of(head));
    write(bytes);
}

void SnapshotWriter::write(std::span<const std::uint8_t> bytes)
{
    while (!bytes.empty()) {
        const auto written = ::write(file_, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) fail("cannot be written");
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
}

void SnapshotWriter::make_durable()
{
    if (::fsync(file_) != 0) fail("cannot be made durable");
}

void SnapshotWriter::put_in_place()
{
    make_durable();
    std::filesystem::rename(draft_, path_);
    ::close(std::exchange(file_, -1));
}

void SnapshotWriter::fail(const char* what) const
{
    throw std::system_error(errno, std::generic_category(), draft_.string() + " " + what);
}

std::optional<SnapshotReader> SnapshotReader::open(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    if (!file) return std::nullopt;
    const auto bytes = file.tellg();
    file.seekg(0);
    if (!file || bytes < 0) return std::nullopt;
    return SnapshotReader(std::move(file), static_cast<std::uint64_t>(bytes));
}

/// A head that says nothing if the file is not what it should be.
SnapshotHead SnapshotReader::next_head(std::size_t item_bytes)
{
    SnapshotHead head;
    if (!is_readable_) return head;
    is_readable_ = bytes_left_ >= sizeof head &&
                   static_cast<bool>(file_.read(reinterpret_cast<char*>(&head), std::streamsize{sizeof head})) &&
                   head.place == place_ && (place_ == 0 || head.file == name_) && head.item_bytes == item_bytes &&
                   head.count <= (bytes_left_ - sizeof head) / item_bytes;
    if (!is_readable_) return {};
    bytes_left_ -= sizeof head + head.count * item_bytes;
    ++place_;
    name_ = head.file;
    return head;
}

void SnapshotReader::read(const SnapshotHead& head, std::span<std::uint8_t> bytes)
{
    if (!is_readable_) return;
    is_readable_ = static_cast<bool>(
        file_.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size())));
    if (is_readable_)
        checks_.push_back(std::async(std::launch::async, [head, bytes] { return hash_of(head, bytes) == head.hash; }));
}

bool SnapshotReader::is_whole()
{
    for (auto& check : std::exchange(checks_, {}))
        if (!check.get()) is_readable_ = false;
    return is_readable_;
}

} // namespace reachable::identity
