// Invented records and fresh databases for the tests of this room.
#pragma once

#include "records/child.h"
#include "records/versions.h"
#include "storage/testing.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace reachable::records::testing {

inline UtcTime utc(std::string_view text)
{
    return parse_utc(text).value();
}

/// A database with the tables of this room, on each engine at hand.
class RecordsTest : public ::testing::TestWithParam<std::string> {
  protected:
    RecordsTest()
    {
        const auto done = storage::migrate(database->get(), migrations());
        if (!done) throw Bug(sentences(done.error()));
    }
    /// What `body` gives, run in one transaction that is kept.
    template <class Body>
    auto write(Body body)
    {
        std::optional<decltype(body(std::declval<storage::Transaction&>()))> result;
        database->get().write([&](storage::Transaction& transaction) { result.emplace(body(transaction)); });
        return *std::move(result);
    }
    template <class Body>
    auto read(Body body)
    {
        std::optional<decltype(body(std::declval<storage::Transaction&>()))> result;
        database->get().read([&](storage::Transaction& transaction) { result.emplace(body(transaction)); });
        return *std::move(result);
    }

    std::unique_ptr<storage::testing::TestDatabase> database = storage::testing::make_database(GetParam());
    const WorkerId worker = WorkerId::random();
    const UtcTime morning = utc("2026-05-11T08:00:00Z");
};

/// One suite on every engine at hand.
#define ON_EVERY_ENGINE(suite)                                                                                         \
    INSTANTIATE_TEST_SUITE_P(engines, suite, ::testing::ValuesIn(::reachable::storage::testing::test_engines()),       \
                             ::reachable::storage::testing::engine_name)

/// Texts such as people write, never empty.
inline rc::Gen<std::string> some_text()
{
    const auto letter =
        rc::gen::element<std::string>("a", "B", "é", "ễ", "م", "'", "\"", "\\", "\n", " ", "7", "<", "👧");
    return rc::gen::map(rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(letter)),
                        [](const std::vector<std::string>& letters) {
                            std::string text = "x"; // a blank would be no name
                            for (const auto& one : letters) text += one;
                            return text;
                        });
}

inline UtcTime some_time()
{
    return UtcTime{seconds{*rc::gen::inRange<std::int64_t>(0, 4'000'000'000)}};
}

inline std::optional<CivilDate> some_day()
{
    if (*rc::gen::arbitrary<bool>()) return std::nullopt;
    return CivilDate{std::chrono::sys_days{std::chrono::days{*rc::gen::inRange(0, 40'000)}}};
}

inline std::optional<bool> some_answer()
{
    const auto which = *rc::gen::inRange(0, 3);
    return which == 2 ? std::nullopt : std::optional(which == 1);
}

template <class AnyId>
AnyId some_id()
{
    AnyId id;
    for (auto& byte : id.bytes) byte = *rc::gen::arbitrary<std::uint8_t>();
    return id;
}

/// Between none and three of them.
template <class Make>
auto some(Make make)
{
    std::vector<decltype(make())> values;
    for (int count = *rc::gen::inRange(0, 4); count > 0; --count) values.push_back(make());
    return values;
}

inline Source some_source()
{
    return {.agency = some_id<AgencyId>(),
            .recorded_at = some_time(),
            .known_by = *some_text(),
            .confidence = *rc::gen::element(Confidence::seen, Confidence::heard, Confidence::inferred),
            .known_to_agency_at = *rc::gen::arbitrary<bool>() ? std::optional<UtcTime>{} : some_time(),
            .graded = *rc::gen::arbitrary<bool>()
                          ? std::optional<IntelligenceGrade>{}
                          : IntelligenceGrade{*rc::gen::inRange(1, 4), *rc::gen::element('A', 'B', 'C', 'D', 'E'),
                                              *rc::gen::element('P', 'C')}};
}

inline Name some_name()
{
    return {.kind = *rc::gen::element(NameKind::legal, NameKind::alias, NameKind::former),
            .as_given = *some_text(),
            .given = some([] { return *some_text(); }),
            .family = some([] { return *some_text(); }),
            .is_family_first = *rc::gen::arbitrary<bool>(),
            .script = *rc::gen::element<std::string>("Latn", "Arab"),
            .from = some_day(),
            .to = some_day()};
}

inline Address some_address()
{
    return {.kind = "home",
            .lines = *some_text(),
            .postcode = "ZZ1 1ZZ",
            .from = some_day(),
            .to = some_day(),
            .is_safe_to_contact = some_answer()};
}

inline Contact some_contact()
{
    return {.kind = "phone", .value = *some_text(), .owner = *some_text(), .is_safe_to_use = some_answer()};
}

inline std::optional<PartialDate> some_birth()
{
    const auto date = some_day();
    if (!date) return std::nullopt;
    PartialDate born{.year = static_cast<int>(date->year()), .is_estimated = *rc::gen::arbitrary<bool>()};
    if (*rc::gen::arbitrary<bool>()) born.month = static_cast<unsigned>(date->month());
    if (born.month && *rc::gen::arbitrary<bool>()) born.day = static_cast<unsigned>(date->day());
    return born;
}

} // namespace reachable::records::testing
