// What the benchmarks of the doors and of the pages share: a demonstration world in a folder of its own, somebody at
// work in it, and many of them at once.
#pragma once

#include "app/demo.h"
#include "app/service.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <fmt/format.h>
#include <thread>

namespace reachable::bench {

/// A folder that is gone in the end. TMPDIR decides which disk is measured.
class Folder {
  public:
    Folder() : path_(std::filesystem::temp_directory_path() / ("reachable_bench_" + RequestId::random().text()))
    {
        std::filesystem::create_directories(path_);
    }
    ~Folder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

/// The value, or an end with the sentences that say why there is none.
template <class T>
T must(Result<T> result)
{
    if (!result) throw std::runtime_error(sentences(result.error()));
    return std::move(*result);
}

inline UtcTime begins_at()
{
    return must(parse_utc("2026-10-24T23:15:00Z"));
}

/// `database` is empty for a file in the folder.
inline app::Settings settings_in(const std::filesystem::path& folder, const std::string& database = {})
{
    auto settings = app::default_settings();
    settings.database = database.empty() ? "sqlite:" + (folder / "reachable.db").string() : database;
    settings.signing_key_file = folder / "signing.key";
    settings.checkpoint_file = folder / "checkpoints.txt";
    settings.mail_folder = folder / "mail";
    settings.is_demo = true;
    return settings;
}
inline app::Settings settings_in(const Folder& folder, const std::string& database = {})
{
    return settings_in(folder.path(), database);
}

/// A clock that stands at the beginning.
inline const TimeSource& clock_at_the_start()
{
    static const clocks::SimulatedTime clock(begins_at());
    return clock;
}

inline void make_world(const app::Settings& settings, app::DemoOptions options)
{
    accounts::set_password_cost(2, 8 * 1024 * 1024);
    options.now = begins_at();
    options.data_folder = settings.data_folder;
    const auto office = must(app::open_office(settings, clock_at_the_start()));
    must(app::make_demo_world(*office->desk, office->secret_keys, options));
}

/// The custody sergeant at work, with the purpose that goes with it.
inline accounts::Session sergeant(storage::Database& database)
{
    accounts::Session session;
    database.read([&](storage::Transaction& transaction) {
        const auto worker = accounts::find_worker_by_name(transaction, "hale@northmere-police.example");
        CHECK(worker.has_value(), "the demonstration has no custody sergeant");
        session.worker = worker->id;
        session.agency = worker->agency;
        session.team = accounts::posts_of(transaction, worker->id).front().team;
    });
    session.role = accounts::Role::CUST;
    session.purpose = "custody-safeguarding";
    session.code_proved_at = begins_at();
    return session;
}

/// Booking a child in. `number` makes the case and its idempotency key its own; both are always the same length.
inline casework::Act booking(std::uint64_t number)
{
    const auto name = fmt::format("B{:09}", number);
    return {.type = "custody",
            .action = "book_in",
            .key = name,
            .asked = Json::object()
                         .set("name_given", "Mia Sample")
                         .set("custody_number", name)
                         .set("authorised_at", "2026-10-24T23:05:00Z")};
}

/// How often `work(number)` is done in a second when `thread_count` threads do nothing else for that long.
template <class Work>
double per_second(std::size_t thread_count, std::chrono::duration<double> long_enough, Work work)
{
    static std::atomic<std::uint64_t> next{1};
    std::atomic<std::uint64_t> done{0};
    const auto start = std::chrono::steady_clock::now();
    const auto is_over = [&] { return std::chrono::steady_clock::now() - start >= long_enough; };
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < thread_count; ++i)
            threads.emplace_back([&] {
                for (; !is_over(); ++done) work(next++);
            });
    }
    return static_cast<double>(done) / std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

} // namespace reachable::bench
