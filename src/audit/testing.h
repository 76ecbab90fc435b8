// What tests of the log share: a database with a log in it, and entries about invented people.
#pragma once

#include "audit/log.h"
#include "storage/testing.h"

#include <filesystem>

namespace reachable::audit::testing {

inline constexpr std::string_view origin = "reachable.example/log";

SigningKey key_of(std::uint8_t number);
ChildId child_of(std::uint8_t number);
/// A look at a custody brief: the `number`th thing that happened, about one of three children or none.
Entry entry_of(std::uint64_t number);
/// The same, and about two more children.
Entry gathered_entry_of(std::uint64_t number);
std::string read_file(const std::filesystem::path& path);

/// A folder that is removed in the end.
class Folder {
  public:
    Folder();
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    std::string file(std::string_view name) const { return (path_ / name).string(); }

  private:
    std::filesystem::path path_;
};

/// A fresh database with a log, and its checkpoint file.
class LogOnDisk {
  public:
    explicit LogOnDisk(const std::string& engine);
    storage::Database& database() { return database_->get(); }
    Log& log() { return *log_; }
    std::string checkpoint_file() const { return folder_.file("checkpoints"); }
    std::string kept() const { return read_file(checkpoint_file()); }

    /// As when the service stops and is started again.
    Result<> restart(std::uint8_t key_number = 1, std::string_view name = origin);
    /// Stops the service: the database is open without a log.
    void stop();
    /// One commit with that many entries, numbered on from those before.
    void append(std::size_t count, Entry (*entry_of)(std::uint64_t number) = testing::entry_of);
    std::size_t appended() const { return appended_; }

  private:
    Folder folder_;
    std::unique_ptr<storage::testing::TestDatabase> database_;
    std::unique_ptr<Log> log_;
    std::size_t appended_ = 0;
};

} // namespace reachable::audit::testing
