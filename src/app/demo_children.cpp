#include "app/demo_people.h"
#include "base/csv.h"

#include <algorithm>
#include <charconv>

namespace reachable::app {
namespace {

using records::Child;
using storage::Transaction;

constexpr std::size_t children_in_one_write = 500;

/// The children of the stories. Invented, like all of them (G-17).
struct StoryChild {
    const char* name;
    const char* born;
    const char* care_status;
    const char* authority;      // responsible for the child in care, otherwise where the child lives
    const char* placement = ""; // where a child in care lives, if the story needs it
};
constexpr StoryChild story_children[] = {
    {"Mia Sample", "2011-03-04", "care_order", "X10000001", "Fern House, 12 Invented Lane"},
    {"Kit Sample", "2013-04-02", "at_home", "X06000001"},
    {"Jay Sample", "2011-09-19", "care_order", "X06000001"},
    {"Ada Sample", "2010-12-01", "at_home", "X06000001"},
    {"Lee Sample", "2010-02-11", "care_order", "X06000001"},
    {"Sky Sample", "2012-05-23", "at_home", "X06000002"},
    {"Linh Sample", "2010-06-06", "at_home", "X10000001"},
    {"Bao Sample", "2011", "at_home", "X10000001"},
    {"Rae Sample", "2010-10-02", "at_home", "X06000001"},
    {"Noor Sample", "2009-01-30", "at_home", "X06000001"},
    {"Sam Sample", "2010-01-17", "at_home", "X06000002"},
    {"Zed Sample", "2014-03-27", "at_home", "X06000003"},
};

/// Names and places to draw from, each with its weight.
struct Pool {
    std::vector<std::string> values;
    std::vector<std::size_t> up_to; // running totals of the weights

    const std::string& draw(DemoRandom& random) const
    {
        const auto at = random.below(up_to.back());
        return values[static_cast<std::size_t>(std::upper_bound(up_to.begin(), up_to.end(), at) - up_to.begin())];
    }
};

Result<Pool> pool(const DemoOptions& options, const std::string& file)
{
    const auto table = TRY(read_csv_file(options.data_folder + "/demo/" + file));
    TRY(table.require({"name", "weight"}));
    Pool pool;
    std::size_t total = 0;
    for (const auto& row : table.rows) {
        const auto& text = table.cell(row, "weight");
        std::size_t weight = 0;
        std::from_chars(text.data(), text.data() + text.size(), weight);
        if (weight == 0) continue;
        pool.values.push_back(table.cell(row, "name"));
        pool.up_to.push_back(total += weight);
    }
    if (pool.values.empty()) return refuse(ProblemKind::malformed, file + " holds no names");
    return pool;
}

struct Street {
    std::string name;
    std::string town;
    std::string authority;
    std::string postcode;
};

Result<std::vector<Street>> streets(const DemoOptions& options)
{
    const auto table = TRY(read_csv_file(options.data_folder + "/demo/streets.csv"));
    TRY(table.require({"name", "town", "authority_code", "postcode"}));
    std::vector<Street> all;
    for (const auto& row : table.rows)
        all.push_back({table.cell(row, "name"), table.cell(row, "town"), table.cell(row, "authority_code"),
                       table.cell(row, "postcode")});
    return all;
}

records::Address home_in(const Street& street, std::size_t number)
{
    return {.kind = "home",
            .lines = fmt::format("{} {}, {}", number, street.name, street.town),
            .postcode = street.postcode};
}

void place(Child& child, const DemoPeople& people, const std::string& authority_code, bool is_in_care)
{
    const auto authority = people.agencies.find(authority_code);
    if (authority == people.agencies.end()) return;
    child.source = {.agency = authority->second.id, .known_by = "social worker"};
    (is_in_care ? child.responsible_authority : child.host_authority) = authority->second.id;
}

Child story_child(const DemoOptions& options, const DemoPeople& people, const StoryChild& told)
{
    Child child{.id = demo_id<ChildId>(options.seed, told.name), .names = {records::read_name(told.name)}};
    const std::string name = told.name;
    child.likes_to_be_called = name.substr(0, name.find(' '));
    if (const auto born = parse_partial_date(told.born)) child.born = *born;
    child.care_status = told.care_status;
    place(child, people, told.authority, child.care_status == "care_order");
    if (const std::string placement = told.placement; !placement.empty())
        child.addresses.push_back({.kind = "placement", .lines = placement});
    child.source.recorded_at = options.now - hours{24 * 90};
    return child;
}

struct Pools {
    Pool forenames;
    Pool surnames;
    std::vector<Street> streets;
};

Child drawn_child(const DemoOptions& options, const DemoPeople& people, const Pools& pools, DemoRandom& random,
                  std::size_t number)
{
    const auto name = fmt::format("{} Sample {}", pools.forenames.draw(random), pools.surnames.draw(random));
    Child child{.id = demo_id<ChildId>(options.seed, fmt::format("child {}", number)),
                .names = {records::read_name(name)}};
    const auto age_in_days = 10 * 365 + random.below(7 * 365 + 200);
    const CivilDate born{std::chrono::floor<std::chrono::days>(options.now) -
                         std::chrono::days{static_cast<int>(age_in_days)}};
    child.born = PartialDate{.year = static_cast<int>(born.year()),
                             .month = static_cast<unsigned>(born.month()),
                             .day = static_cast<unsigned>(born.day())};
    const auto& street = pools.streets[random.below(pools.streets.size())];
    child.addresses = {home_in(street, 1 + random.below(60))};
    const bool is_in_care = random.below(12) == 0;
    child.care_status = is_in_care ? "care_order" : "at_home";
    place(child, people, street.authority, is_in_care);
    child.source.recorded_at = options.now - hours{24 * static_cast<std::int64_t>(1 + random.below(900))};
    return child;
}

void store(const casework::Desk& desk, const DemoOptions& options, std::span<const Child> children)
{
    desk.database.write([&](Transaction& transaction) {
        for (const auto& child : children) {
            const auto stored =
                records::store_child(transaction, child, 0, WorkerId{}, "demonstration", child.source.recorded_at);
            CHECK(stored.has_value(), "a child of the demonstration was refused");
        }
        auto entry =
            casework::audit_entry(desk, accounts::service_session(), RequestId{}, {}, {}, options.now - hours{24});
        entry.operation = audit::Operation::administration;
        entry.action = "demo.children";
        entry.outcome = "done";
        desk.log.append(transaction, std::move(entry));
    });
}

} // namespace

Result<std::map<std::string, ChildId>> make_children(const casework::Desk& desk, const DemoOptions& options,
                                                     const DemoPeople& people)
{
    const Pools pools{TRY(pool(options, "forenames.csv")), TRY(pool(options, "surnames.csv")), TRY(streets(options))};
    std::map<std::string, ChildId> by_name;
    std::vector<Child> children;
    for (const auto& told : story_children) {
        children.push_back(story_child(options, people, told));
        by_name[children.back().likes_to_be_called] = children.back().id;
    }
    DemoRandom random(options.seed);
    for (std::size_t i = 0; i < options.children; ++i) {
        children.push_back(drawn_child(options, people, pools, random, i));
        by_name[fmt::format("child {}", i)] = children.back().id;
    }
    for (std::size_t from = 0; from < children.size(); from += children_in_one_write)
        store(desk, options,
              std::span(children).subspan(from, std::min(children_in_one_write, children.size() - from)));
    return by_name;
}

} // namespace reachable::app
