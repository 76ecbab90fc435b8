#include "audit/checkpoint_file.h"

#include "audit/checkpoint.h"
#include "storage/database.h"

#include <filesystem>
#include <sstream>

namespace reachable::audit {
namespace {

constexpr std::size_t most_bytes = 1U << 20U;
constexpr int lines_of_a_checkpoint = 7;

std::string as_kept(const std::string& text)
{
    return text + '\n';
}

/// True for the start of a checkpoint of that log which was not written to its end.
bool is_torn(std::string_view piece, const std::string& origin)
{
    const auto first_line = origin + '\n';
    return !parse_checkpoint(piece) && (piece.starts_with(first_line) || first_line.starts_with(piece));
}

/// The bytes of the file; nothing if there is none.
Result<std::string> read_whole(const std::string& path)
{
    std::error_code error;
    if (!std::filesystem::exists(path, error) && !error) return std::string{};
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream bytes;
    if (stream.peek() != std::ifstream::traits_type::eof()) bytes << stream.rdbuf();
    if (!stream.is_open() || stream.bad())
        return refuse(ProblemKind::unavailable, "The checkpoint file cannot be read: " + path);
    return bytes.str();
}

/// Puts `bytes` in the place of the file, whole or not at all.
bool replace(const std::string& path, const std::string& bytes)
{
    const auto draft = path + ".new";
    std::ofstream stream(draft, std::ios::binary | std::ios::trunc);
    stream << bytes;
    stream.close();
    std::error_code error;
    if (stream) std::filesystem::rename(draft, path, error);
    return stream && !error;
}

} // namespace

std::vector<std::string_view> split_checkpoints(std::string_view file)
{
    std::vector<std::string_view> pieces;
    for (;;) {
        while (file.starts_with('\n')) file.remove_prefix(1);
        if (file.empty()) return pieces;
        std::size_t end = 0;
        for (int line = 0; line < lines_of_a_checkpoint && end != std::string_view::npos; ++line) {
            end = file.find('\n', end);
            if (end != std::string_view::npos) ++end;
        }
        pieces.push_back(file.substr(0, end));
        file.remove_prefix(pieces.back().size());
    }
}

Result<CheckpointFile> CheckpointFile::open(std::string path, std::string origin)
{
    CheckpointFile file;
    if (path.empty()) return file;
    const auto bytes = TRY(read_whole(path));
    auto pieces = split_checkpoints(bytes);
    if (!pieces.empty() && is_torn(pieces.back(), origin)) pieces.pop_back();
    if (!pieces.empty() && !parse_checkpoint(pieces.back()))
        return refuse(ProblemKind::malformed, "The checkpoint file does not hold checkpoints: " + path);
    std::string whole;
    for (const auto piece : pieces) whole += as_kept(std::string(piece));
    if (!pieces.empty()) {
        file.first_ = pieces.front();
        file.newest_ = pieces.back();
    }
    if (whole != bytes && !replace(path, whole))
        return refuse(ProblemKind::unavailable, "The checkpoint file cannot be written: " + path);
    file.size_ = whole.size();
    file.stream_.open(path, std::ios::binary | std::ios::app);
    if (!file.stream_) return refuse(ProblemKind::unavailable, "The checkpoint file cannot be written: " + path);
    file.path_ = std::move(path);
    file.origin_ = std::move(origin);
    return file;
}

void CheckpointFile::add(const std::string& text)
{
    if (path_.empty()) return;
    // A newer checkpoint binds the older ones, so only the newest has to be made up for.
    if (!write(text)) unwritten_ = text;
}

void CheckpointFile::catch_up()
{
    if (unwritten_.empty()) return;
    auto again = open(path_, origin_); // drops what was written by half
    if (!again || !again->write(unwritten_))
        throw storage::StorageFailure("The checkpoint file cannot be written, so nothing more is recorded: " + path_);
    *this = std::move(*again);
}

bool CheckpointFile::write(const std::string& text)
{
    newest_ = text;
    if (first_.empty()) first_ = text;
    stream_ << as_kept(text) << std::flush;
    size_ += as_kept(text).size();
    if (!stream_) return false;
    return size_ < most_bytes || rotate();
}

bool CheckpointFile::rotate()
{
    const auto kept = as_kept(first_) + as_kept(newest_);
    stream_.close();
    if (!replace(path_, kept)) return false;
    size_ = kept.size();
    stream_ = std::ofstream(path_, std::ios::binary | std::ios::app);
    return static_cast<bool>(stream_);
}

} // namespace reachable::audit
