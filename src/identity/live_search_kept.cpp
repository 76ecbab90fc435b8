// What a live search worked out, kept from one start to the next: the file's stamp, who believes it, and when the
// database is told of it.
#include "identity/live_search.h"

#include "identity/snapshot_file.h"
#include "storage/columns.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <mutex>
#include <unicode/uversion.h>

namespace reachable::identity {

/// What must be the same for a file to be believed.
struct LiveSearch::Stamp {
    Hash program{};
    Hash classes{};
    std::array<std::uint8_t, 16> name{}; // by which the database knows the file
    records::ChangePosition position;
    std::uint64_t taken_in_since = 0;
};

namespace {

/// Of another program the same arrays may mean something else: words are folded in another way, say.
Hash hash_of_this_program()
{
    std::ifstream file("/proc/self/exe", std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    if (bytes.empty()) return {};
    std::array<std::uint8_t, U_MAX_VERSION_LENGTH> folded_by{}; // the library that knows other scripts
    u_getVersion(folded_by.data());
    return sha256(as_bytes(bytes), folded_by);
}

std::vector<Bytes> known_files_in(storage::Database& database)
{
    std::vector<Bytes> names;
    database.read([&](storage::Transaction& transaction) {
        names.clear();
        for (const auto& row : transaction.query("select name from search_files")) names.push_back(row.bytes(0));
    });
    return names;
}

Bytes column_of(const std::array<std::uint8_t, 16>& name)
{
    return {name.begin(), name.end()};
}

} // namespace

LiveSearch::Stamp LiveSearch::stamp() const
{
    static const Hash program = hash_of_this_program();
    Stamp stamp{.program = program,
                .classes = classes_hash_,
                .name = {},
                .position = position_,
                .taken_in_since = taken_in_since_};
    std::ranges::copy(random_bytes(stamp.name.size()), stamp.name.begin());
    return stamp;
}

/// Before the first search: what was kept, or nothing yet.
void LiveSearch::begin(storage::Database& database)
{
    {
        const std::shared_lock lock(mutex_);
        if (index_ != nullptr) return;
    }
    const auto known_files = kept_in_.empty() ? std::vector<Bytes>{} : known_files_in(database);
    const std::unique_lock lock(mutex_);
    if (index_ != nullptr) return;
    if (classes_ == nullptr) read_classes();
    begin_empty();
    try {
        if (!kept_in_.empty() && !take_kept(known_files)) begin_empty();
    } catch (const std::exception&) { // no room for it, say: all is read instead
        begin_empty();
    }
}

bool LiveSearch::take_kept(std::span<const Bytes> known_files)
{
    auto file = SnapshotReader::open(kept_in_);
    if (!file) return false;
    std::vector<Stamp> stamps;
    file->pass(stamps);
    if (!file->is_whole() || stamps.size() != 1) return false;
    const auto& kept = stamps.front();
    const auto now = stamp();
    const bool is_known = std::ranges::find(known_files, column_of(kept.name)) != known_files.end();
    const bool is_program_known = now.program != Hash{} && kept.program == now.program;
    if (!is_known || !is_program_known || kept.classes != now.classes) return false;
    numbers_.pass(*file);
    if (!index_->take(*file)) return false;
    position_ = kept.position;
    taken_in_since_ = kept.taken_in_since;
    kept_as_ = kept.name;
    index_->settle();
    return true;
}

/// A copy of all that is known at one moment, which nobody else touches.
struct LiveSearch::Renewal {
    SearchIndex index;
    ChildNumbers numbers;
    Stamp stamp;
    std::uint64_t taken_in = 0; // since the lists were built, when it was copied
    std::uint64_t times_built = 0;
    bool is_to_build = false;
    bool is_to_keep = false;
};

std::unique_ptr<LiveSearch::Renewal> LiveSearch::begin_renewal()
{
    const std::shared_lock lock(mutex_);
    if (index_ == nullptr || !is_settled_) return nullptr;
    const bool is_to_build = is_time_to_build();
    const bool is_to_keep = (is_worth_keeping_ || is_to_build) && !kept_in_.empty();
    if (!is_to_build && !is_to_keep) return nullptr;
    auto renewal = std::make_unique<Renewal>(Renewal{.index = *index_,
                                                     .numbers = is_to_keep ? numbers_ : ChildNumbers{},
                                                     .stamp = stamp(),
                                                     .taken_in = taken_in_since_,
                                                     .times_built = times_built_,
                                                     .is_to_build = is_to_build,
                                                     .is_to_keep = is_to_keep});
    is_worth_keeping_ = false;
    return renewal;
}

/// The lists serve whether they can be kept or not.
void LiveSearch::renew(storage::Database& database)
{
    auto renewal = begin_renewal();
    if (renewal == nullptr) return;
    if (renewal->is_to_build) {
        renewal->index.freeze();
        renewal->stamp.taken_in_since = 0;
    }
    std::exception_ptr problem;
    try {
        if (renewal->is_to_keep) keep(database, *renewal);
    } catch (...) {
        problem = std::current_exception();
    }
    if (renewal->is_to_build) put_to_use(std::move(*renewal));
    if (problem) std::rethrow_exception(problem);
}

/// The database is told the name before anybody can read the file: all that the file holds was committed before.
void LiveSearch::keep(storage::Database& database, const Renewal& renewal)
{
    SnapshotWriter file(kept_in_);
    file.pass(std::vector<Stamp>{renewal.stamp});
    renewal.numbers.pass(file);
    renewal.index.put(file);
    file.make_durable();
    database.write([&](storage::Transaction& transaction) {
        transaction.execute("delete from search_files where name = $1", {column_of(kept_as_)});
        transaction.execute("insert into search_files (name) values ($1)", {column_of(renewal.stamp.name)});
    });
    kept_as_ = renewal.stamp.name;
    file.put_in_place();
}

void LiveSearch::put_to_use(Renewal renewal)
{
    auto renewed = std::make_unique<SearchIndex>(std::move(renewal.index));
    const std::unique_lock lock(mutex_);
    if (times_built_ != renewal.times_built) return; // they were built in place meanwhile
    renewed->follow(*index_);
    taken_in_since_ -= renewal.taken_in;
    times_built_ += 1;
    std::swap(index_, renewed);
}

} // namespace reachable::identity
