// A force's system sends the people it knows, and what becomes of them.
#include "identity/feed.h"

#include "identity/store_testing.h"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <sstream>

namespace reachable::identity {
namespace {

using namespace testing;
using storage::Transaction;

constexpr std::string_view mapping = "source = northmere-custody\n"
                                     "reference = id\n"
                                     "given = given\n"
                                     "family = family\n"
                                     "born = born\n"
                                     "born_format = dd/mm/yyyy\n"
                                     "deleted = state\n"
                                     "deleted.gone = yes\n";
constexpr std::string_view header = "id,given,family,born,state\n";

/// Somebody pulls the plug.
struct Killed {};

class Feeds : public StoreTest {
  protected:
    Feed feed_of(std::string_view text) const
    {
        return {.agency = force, .file_name = "people.csv", .text = text, .mapping = mapping};
    }
    FeedWork work_at(UtcTime at) const
    {
        return {.now = [at] { return at; }, .rows_in_a_batch = 3};
    }
    FeedReport import_it(const Feed& feed, const FeedWork& work)
    {
        const auto report = import_feed(database->get(), feed, work);
        if (!report) throw Bug(sentences(report.error()));
        return *report;
    }
    FeedReport import_it(std::string_view text, UtcTime at) { return import_it(feed_of(text), work_at(at)); }
    std::vector<Import> imports()
    {
        return read([](Transaction& t) { return newest_imports(t, 10); });
    }
    std::vector<QuarantinedRow> set_aside(std::int64_t import)
    {
        return read([&](Transaction& t) { return quarantined_of(t, import); });
    }
    std::vector<StoredRecord> stored()
    {
        return read([](Transaction& t) { return changes_since(t, 0, 1000); });
    }
    /// All that an import leaves behind, but for the ids that are drawn.
    std::vector<std::string> left_behind()
    {
        std::vector<std::string> all;
        for (const auto& one : stored())
            all.push_back(fmt::format("{} version {} change {} {} {}", one.record.reference, one.version, one.change,
                                      to_hex(one.content_hash), one.is_deleted));
        for (const auto& import : imports()) {
            all.push_back(fmt::format("import {} finished {}: {} rows, {} new, {} changed, {} same, {} gone, {} aside",
                                      import.number, import.finished_at.has_value(), import.counts.rows,
                                      import.counts.is_new, import.counts.changed, import.counts.same,
                                      import.counts.withdrawn, import.counts.quarantined));
            for (const auto& row : set_aside(import.number))
                all.push_back(fmt::format("row {} line {} {}", row.row, row.line, row.text));
        }
        return all;
    }
    /// Ten people, of whom the fourth has no reference and the eighth a birth date of no calendar.
    static std::string ten_people()
    {
        std::string text(header);
        for (int i = 1; i <= 10; ++i)
            text +=
                fmt::format("{},Ayo,Sample{},{}/05/2011,\n", i == 4 ? "" : std::to_string(i), i, i == 8 ? 40 : i + 10);
        return text;
    }
};

TEST_P(Feeds, a_first_import_brings_everybody_in_and_says_who_was_set_aside)
{
    const auto report = import_it(ten_people(), morning);
    EXPECT_EQ(report.import.counts, (FeedCounts{.rows = 10, .is_new = 8, .quarantined = 2}));
    EXPECT_EQ(report.import.finished_at, morning);
    EXPECT_EQ(report.reasons, (std::map<std::string, std::int64_t>{{"has a birth date that is in no calendar", 1},
                                                                   {"has no reference", 1}}));
    EXPECT_EQ(stored().size(), 8u);
    EXPECT_EQ(stored().front().agency, force);
    EXPECT_EQ(imports(), std::vector<Import>{report.import});
    const auto aside = set_aside(1);
    ASSERT_EQ(aside.size(), 2u);
    EXPECT_EQ(
        aside[0],
        (QuarantinedRow{
            .import = 1, .row = 4, .line = 5, .reasons = {"has no reference"}, .text = ",Ayo,Sample4,14/05/2011,"}));
}

TEST_P(Feeds, the_same_file_again_changes_nothing)
{
    import_it(ten_people(), morning);
    const auto before = stored();
    const auto again = import_it(ten_people(), morning + 1h);
    EXPECT_EQ(again.import.counts, (FeedCounts{.rows = 10, .same = 8, .quarantined = 2}));
    EXPECT_EQ(again.rows_before, 0);
    EXPECT_EQ(stored(), before);
    EXPECT_EQ(imports().size(), 2u);
}

TEST_P(Feeds, a_later_file_corrects_withdraws_and_sends_again)
{
    const std::string first = std::string(header) + "1,Ayo,Sample,17/05/2011,\n2,Mia,Poole,,\n";
    const std::string second = std::string(header) + "1,Ayo,Sample,18/05/2011,\n2,,,,gone\n3,,,,gone\n";
    import_it(first, morning);
    EXPECT_EQ(import_it(second, morning + 1h).import.counts,
              (FeedCounts{.rows = 3, .changed = 1, .same = 1, .withdrawn = 1})); // 3 never came: nothing to do
    EXPECT_TRUE(stored().back().is_deleted);
    EXPECT_EQ(import_it(second, morning + 2h).import.counts, (FeedCounts{.rows = 3, .same = 3}));
    EXPECT_EQ(import_it(first, morning + 3h).import.counts, (FeedCounts{.rows = 2, .changed = 2}));
    EXPECT_FALSE(stored().back().is_deleted);
}

TEST_P(Feeds, an_import_that_is_killed_goes_on_where_it_stopped_and_ends_as_if_nothing_had_happened)
{
    const auto text = ten_people();
    import_it(text, morning);
    const auto expected = left_behind();
    for (int killed_in = 1; killed_in <= 4; ++killed_in) {
        for (const bool is_between : {false, true}) {
            database = storage::testing::make_database(GetParam());
            std::vector<storage::Migration> all(records::migrations().begin(), records::migrations().end());
            all.insert(all.end(), migrations().begin(), migrations().end());
            ASSERT_TRUE(storage::migrate(database->get(), all));
            auto work = work_at(morning);
            int batches = 0;
            const auto pull_the_plug = [&] {
                if (++batches == killed_in) throw Killed{};
            };
            if (is_between)
                work.progress = [&](const Import&, std::int64_t) { pull_the_plug(); };
            else
                work.account = [&](Transaction&, const Import&, const Import&) { pull_the_plug(); };
            EXPECT_THROW(static_cast<void>(import_feed(database->get(), feed_of(text), work)), Killed);
            database->close();

            const auto done = std::min(10, 3 * (is_between ? killed_in : killed_in - 1));
            EXPECT_EQ(imports().at(0).counts.rows, done);
            const auto report = import_it(text, morning);
            EXPECT_EQ(report.import.counts.rows, 10);
            if (done < 10) { // else it was finished, and begins anew
                EXPECT_EQ(report.rows_before, done);
                EXPECT_EQ(report.reasons.size(), 2u); // also those of before
                EXPECT_EQ(left_behind(), expected);
            }
            if (HasFailure()) return;
        }
    }
}

TEST_P(Feeds, only_the_newest_import_of_the_same_file_and_mapping_goes_on)
{
    const auto text = ten_people();
    const auto stop = [&](const Feed& feed) {
        auto work = work_at(morning);
        work.progress = [](const Import&, std::int64_t) { throw Killed{}; };
        EXPECT_THROW(static_cast<void>(import_feed(database->get(), feed, work)), Killed);
    };
    stop(feed_of(text));
    const auto other = text + "11,Mia,Poole,,\n";
    stop(feed_of(other)); // another file: a new import
    EXPECT_EQ(imports().size(), 2u);
    EXPECT_EQ(import_it(text, morning).rows_before, 0); // what came since may have changed what it did
    stop(feed_of(text));
    auto feed = feed_of(text);
    const auto commented = "# another day\n" + std::string(mapping);
    feed.mapping = commented;
    EXPECT_EQ(import_it(feed, work_at(morning)).rows_before, 0);
    EXPECT_EQ(imports().size(), 5u);
}

TEST_P(Feeds, a_dry_run_tells_the_same_and_writes_nothing)
{
    import_it(std::string(header) + "1,Ayo,Sample,11/05/2011,\n2,Mia,Poole,,\n", morning);
    const auto before = left_behind();
    auto work = work_at(morning + 1h);
    work.kept = Kept::no;
    work.account = [](Transaction&, const Import&, const Import&) { FAIL() << "there is nothing to account for"; };
    const auto text = ten_people() + "11,,,,gone\n";
    const auto dry = import_it(feed_of(text), work);
    EXPECT_EQ(left_behind(), before);
    const auto wet = import_it(text, morning + 1h);
    EXPECT_EQ(dry.import.counts, wet.import.counts);
    EXPECT_EQ(dry.reasons, wet.reasons);
    EXPECT_EQ(dry.import.counts.changed, 2);
}

TEST_P(Feeds, each_batch_is_accounted_for_in_its_own_transaction)
{
    std::vector<std::string> told;
    auto work = work_at(morning);
    work.account = [&](Transaction&, const Import& before, const Import& after) {
        told.push_back(fmt::format("{}-{}{}", before.counts.rows, after.counts.rows, after.finished_at ? " end" : ""));
    };
    std::vector<std::int64_t> rows;
    work.set_aside = [&](const QuarantinedRow& row) { rows.push_back(row.row); };
    const auto text = ten_people();
    import_it(feed_of(text), work);
    EXPECT_EQ(told, (std::vector<std::string>{"0-3", "3-6", "6-9", "9-10 end"}));
    EXPECT_EQ(rows, (std::vector<std::int64_t>{4, 8}));
}

TEST_P(Feeds, another_agencys_source_and_nhs_numbers_without_a_lawful_basis_are_refused)
{
    import_it(ten_people(), morning);
    const auto text = ten_people();
    auto feed = feed_of(text);
    feed.agency = AgencyId::random();
    EXPECT_EQ(refusal(import_feed(database->get(), feed, work_at(morning))), ProblemKind::conflict);
    feed = feed_of(text);
    auto lines = std::string(mapping) + "identifier.nhs = family\n";
    feed.mapping = lines;
    EXPECT_EQ(refusal(import_feed(database->get(), feed, work_at(morning))), ProblemKind::missing);
    lines += "lawful_basis = joint protocol 4\n";
    feed.mapping = lines;
    EXPECT_EQ(import_it(feed, work_at(morning)).import.counts.changed, 8);
    EXPECT_EQ(stored().front().lawful_basis, "joint protocol 4");
    EXPECT_EQ(imports().size(), 2u);
}

TEST_P(Feeds, a_row_set_aside_is_kept_word_for_word_until_somebody_forgets_it)
{
    const auto text = std::string(header) + "1,J\xF8rgen,S\xC3\xB8n,,\n2," + std::string(20'000, 'x') + "\n";
    import_it(text, morning);
    const auto aside = set_aside(1);
    ASSERT_EQ(aside.size(), 2u);
    EXPECT_EQ(aside[0].text, "1,J\\xF8rgen,S\xC3\xB8n,,");
    EXPECT_EQ(aside[0].reasons, std::vector<std::string>{"holds bytes that are no UTF-8 text"});
    EXPECT_EQ(aside[1].text.size(), 16 * 1024 + std::string_view(" …").size());
    EXPECT_EQ(write([](Transaction& t) { return forget_quarantined(t, 1); }), 2);
    EXPECT_TRUE(set_aside(1).empty());
    EXPECT_EQ(imports().at(0).counts.quarantined, 2);
}

/// The invented forces under data/: two systems that write everything in another way.
class ExampleFeeds : public Feeds {
  protected:
    static std::string text_of(const std::string& name)
    {
        std::ifstream in("data/identity/examples/" + name, std::ios::binary);
        std::stringstream text;
        text << in.rdbuf();
        return text.str();
    }
    FeedReport import_example(AgencyId agency, const std::string& file, const std::string& map)
    {
        const auto text = text_of(file);
        const auto lines = text_of(map);
        return import_it({.agency = agency, .file_name = file, .text = text, .mapping = lines}, work_at(morning));
    }
};

TEST_P(ExampleFeeds, bring_in_two_forces_with_deliberately_different_systems)
{
    const auto northmere = import_example(force, "northmere-people.csv", "northmere-people.map");
    EXPECT_EQ(northmere.import.counts, (FeedCounts{.rows = 60, .is_new = 50, .same = 2, .quarantined = 8}));
    const auto southfold = import_example(AgencyId::random(), "southfold-people.json", "southfold-people.map");
    EXPECT_EQ(southfold.import.counts, (FeedCounts{.rows = 60, .is_new = 52, .same = 1, .quarantined = 7}));
    EXPECT_TRUE(northmere.never_filled.empty());
    EXPECT_TRUE(southfold.never_filled.empty());

    const auto named = [&](std::string_view source, std::string_view family) {
        const auto all = stored();
        const auto found = std::ranges::find_if(all, [&](const StoredRecord& one) {
            return one.record.source == source && one.record.names.front().family == family;
        });
        return found == all.end() ? SourceRecord{} : found->record;
    };
    // One child, as two clerks wrote her; nothing here says that she is one.
    const auto here = named("northmere-records", "Kowalczyk");
    const auto there = named("southfold-contacts", "KOWALCZYK");
    EXPECT_EQ(here.names.front().given, "Małgorzata");
    EXPECT_EQ(there.names.front().given, "Gosia");
    EXPECT_EQ(here.sex, "female");
    EXPECT_EQ(there.sex, "female");
    EXPECT_EQ(to_iso(here.born.value()), "2010-03-04");
    EXPECT_EQ(to_iso(there.born.value()), "2010-04-03");
}

ON_EVERY_ENGINE(Feeds);
ON_EVERY_ENGINE(ExampleFeeds);

} // namespace
} // namespace reachable::identity
