// How fast the audit log takes entries and how fast it is checked, beside plain SHA-256 of the same bytes on the same
// machine in the same run, so that figures of different machines can be compared.
//
//     bench_audit [entries]        200,000 unless told; SQLite with every commit on disk
//
// Appending is timed by the clock on the wall, for it waits for the disk. Everything else runs on one core and is timed
// by what that core spent, so that a busy machine does not blur it.
#include "audit/entry_reader.h"
#include "audit/export.h"
#include "audit/proofs.h"
#include "audit/testing.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <fmt/format.h>
#include <sstream>

namespace {

using namespace reachable;
using audit::testing::LogOnDisk;

constexpr std::size_t batch = 64;

/// What the core spent on this thread: the database puts its pages in order on another meanwhile.
double core_seconds()
{
    timespec spent{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
    return static_cast<double>(spent.tv_sec) + static_cast<double>(spent.tv_nsec) / 1e9;
}

double core_seconds_of(const auto& work)
{
    const auto start = core_seconds();
    work();
    return core_seconds() - start;
}

/// Of five rounds: one alone tells more of the neighbours on the machine than of the work.
double median_core_seconds_of(const auto& work)
{
    std::array<double, 5> rounds{};
    for (auto& round : rounds) round = core_seconds_of(work);
    std::ranges::sort(rounds);
    return rounds[rounds.size() / 2];
}

double wall_seconds_of(const auto& work)
{
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void report(std::string_view what, std::size_t count, double seconds, double plain_seconds)
{
    fmt::print("{:<34} {:>10.0f} entries/s   {:>6.2f} times plain SHA-256\n", what,
               static_cast<double>(count) / seconds, seconds / plain_seconds);
}

std::vector<std::string> canonical_entries(std::size_t count)
{
    std::vector<std::string> entries;
    for (std::size_t i = 0; i < count; ++i) {
        auto entry = audit::testing::entry_of(i);
        entry.sequence = i;
        entries.push_back(audit::canonical(entry));
    }
    return entries;
}

void insist(const audit::Verification& verification, std::size_t count)
{
    CHECK(verification.is_whole && verification.entry_count == count, "the log of the benchmark is not whole");
}

void prove_many(LogOnDisk& log, std::size_t count)
{
    constexpr std::size_t proofs = 200;
    const auto seconds = core_seconds_of([&] {
        log.database().read([&](storage::Transaction& transaction) {
            for (std::size_t i = 0; i < proofs; ++i)
                CHECK(audit::prove_inclusion(transaction, i * (count / proofs), count), "there is no proof");
        });
    });
    fmt::print("{:<34} {:>10.3f} ms each\n", "inclusion proof", seconds * 1000 / proofs);
}

} // namespace

int main(int argument_count, char** arguments)
{
    const std::size_t asked = argument_count > 1 ? std::strtoul(arguments[1], nullptr, 10) : 200'000;
    const auto count = std::max(asked / batch, std::size_t{1}) * batch;
    const auto open_key = audit::testing::key_of(1).open;
    const auto entries = canonical_entries(count);

    Hash last{};
    const auto plain = median_core_seconds_of([&] {
        for (const auto& entry : entries) last = sha256(as_bytes(entry));
    });
    fmt::print("{} entries of {} bytes, {} in a commit ({:02x})\n", count, entries.back().size(), batch, last[0]);
    report("plain SHA-256", count, plain, plain);

    audit::Entry place;
    report("reading entries back", count, median_core_seconds_of([&] {
               for (const auto& entry : entries) CHECK(audit::read_entry(entry, place), "an entry cannot be read");
           }),
           plain);

    LogOnDisk log("sqlite");
    report("append, durable", count, wall_seconds_of([&] {
               for (std::size_t i = 0; i < count; i += batch) log.append(batch);
           }),
           plain);
    const auto kept = log.kept();
    log.stop(); // what is checked is a database at rest, as `reachable verify` opens it
    report("verify, database", count,
           median_core_seconds_of([&] { insist(audit::verify(log.database(), open_key, kept), count); }), plain);
    std::stringstream exported;
    CHECK(audit::export_log(log.database(), exported), "the log cannot be exported");
    const auto text = exported.str();
    report("verify, exported file", count, median_core_seconds_of([&] {
               std::istringstream file(text);
               insist(audit::verify_export(file, open_key, kept), count);
           }),
           plain);
    prove_many(log, count);
    return 0;
}
