// Arrays kept in a file from one start to the next, so that what took minutes to work out is read in seconds. The file
// is replaced whole or not at all. Each array carries a hash: a file that was damaged or cut short is not believed. It
// holds what the arrays hold, so its owner alone may read it.
//
//     SnapshotWriter file(path);                auto file = SnapshotReader::open(path);
//     file.pass(rows);                          file->pass(rows);
//     file.pass(words);                         file->pass(words);
//     file.put_in_place();                      if (!file->is_whole()) …   // believe none of them
#pragma once

#include "base/crypto.h"

#include <cstring>
#include <filesystem>
#include <fstream>
#include <future>
#include <optional>
#include <vector>

namespace reachable::identity {

/// What stands before each array.
struct SnapshotHead {
    std::array<std::uint8_t, 16> file{}; // drawn at random, the same of all arrays of a file
    std::uint64_t place = 0;             // of the array in the file, from 0
    std::uint64_t item_bytes = 0;
    std::uint64_t count = 0;
    Hash hash{};
};

/// Writes a draft beside the file. Throws std::system_error if the disk refuses.
class SnapshotWriter {
  public:
    explicit SnapshotWriter(std::filesystem::path path);
    /// The draft goes, unless it was put in place.
    ~SnapshotWriter();
    SnapshotWriter(const SnapshotWriter&) = delete;
    SnapshotWriter& operator=(const SnapshotWriter&) = delete;

    template <class T, class Allocator>
    void pass(const std::vector<T, Allocator>& items)
    {
        static_assert(std::is_trivially_copyable_v<T>);
        put({reinterpret_cast<const std::uint8_t*>(items.data()), items.size() * sizeof(T)}, sizeof(T), items.size());
    }
    /// All that was passed is on the disk when this returns; nobody sees it yet.
    void make_durable();
    /// The draft takes the place of the file.
    void put_in_place();

  private:
    void put(std::span<const std::uint8_t> bytes, std::size_t item_bytes, std::size_t count);
    void write(std::span<const std::uint8_t> bytes);
    [[noreturn]] void fail(const char* what) const;

    std::filesystem::path path_;
    std::filesystem::path draft_;
    int file_ = -1;
    std::array<std::uint8_t, 16> name_{};
    std::uint64_t place_ = 0;
};

/// Reads arrays in the order in which they were written. They must stay as they are until `is_whole` has been asked.
class SnapshotReader {
  public:
    /// Nothing if there is no such file, or it cannot be opened.
    static std::optional<SnapshotReader> open(const std::filesystem::path& path);

    template <class T, class Allocator>
    void pass(std::vector<T, Allocator>& items)
    {
        static_assert(std::is_trivially_copyable_v<T>);
        const auto head = next_head(sizeof(T));
        items.resize(head.count);
        read(head, {reinterpret_cast<std::uint8_t*>(items.data()), items.size() * sizeof(T)});
    }
    /// Every array so far is as it was written.
    bool is_whole();

  private:
    SnapshotReader(std::ifstream file, std::uint64_t bytes_left) : file_(std::move(file)), bytes_left_(bytes_left) {}
    SnapshotHead next_head(std::size_t item_bytes);
    void read(const SnapshotHead& head, std::span<std::uint8_t> bytes);

    std::ifstream file_;
    std::uint64_t bytes_left_;
    std::array<std::uint8_t, 16> name_{}; // of the file, from its first array on
    std::uint64_t place_ = 0;
    bool is_readable_ = true;
    std::vector<std::future<bool>> checks_; // of arrays, while the next are read
};

} // namespace reachable::identity
