#include "storage/recollection.h"

namespace reachable::storage {

namespace {

/// Roughly, with what the allocator adds.
std::size_t bytes_of(const Value& value)
{
    constexpr std::size_t own = 64;
    if (const auto* text = std::get_if<std::string>(&value)) return own + text->size();
    if (const auto* bytes = std::get_if<Bytes>(&value)) return own + bytes->size();
    return own;
}

std::size_t bytes_of(const Recalled& rows)
{
    std::size_t bytes = 0;
    for (const auto& row : rows)
        for (const auto& value : row.values()) bytes += bytes_of(value);
    return bytes;
}

void append_number(std::string& key, std::uint64_t number)
{
    for (unsigned shift = 0; shift < 64; shift += 8) key += static_cast<char>(number >> shift & 255U);
}

} // namespace

std::optional<Recalled> Recollection::find(std::uint64_t changes, const std::string& statement)
{
    const std::lock_guard lock(mutex_);
    if (!is_of(changes)) return std::nullopt;
    const auto found = answers_.find(statement);
    return found == answers_.end() ? std::nullopt : std::optional(found->second);
}

void Recollection::keep(std::uint64_t changes, std::string statement, const Recalled& rows)
{
    const auto more = bytes_of(rows) + statement.size();
    if (more > most_bytes_ / 4) return;
    const std::lock_guard lock(mutex_);
    if (!is_of(changes)) return;
    if (bytes_ + more > most_bytes_) {
        answers_.clear();
        bytes_ = 0;
    }
    if (answers_.emplace(std::move(statement), rows).second) bytes_ += more;
}

void Recollection::forget()
{
    const std::lock_guard lock(mutex_);
    answers_.clear();
    bytes_ = 0;
}

bool Recollection::is_of(std::uint64_t changes)
{
    if (changes > changes_) {
        answers_.clear();
        bytes_ = 0;
        changes_ = changes;
    }
    return changes == changes_;
}

std::string Recollection::key(std::string_view sql, const Values& values)
{
    std::string key(sql);
    for (const auto& value : values) {
        // The kind and the length first: no two lists of values have the same key.
        key += static_cast<char>(value.index());
        if (const auto* number = std::get_if<std::int64_t>(&value)) {
            append_number(key, static_cast<std::uint64_t>(*number));
        } else if (const auto* text = std::get_if<std::string>(&value)) {
            append_number(key, text->size());
            key += *text;
        } else if (const auto* bytes = std::get_if<Bytes>(&value)) {
            append_number(key, bytes->size());
            key.append(bytes->begin(), bytes->end());
        }
    }
    return key;
}

} // namespace reachable::storage
