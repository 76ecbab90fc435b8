#include "identity/source_records.h"

#include "identity/store_testing.h"

#include <rapidcheck/gtest.h>

namespace reachable::identity {
namespace {

using namespace testing;
using storage::Transaction;

class SourceRecords : public StoreTest {
  protected:
    Result<Receipt> receive_it(const SourceRecord& record, UtcTime at, const Terms& terms = {})
    {
        return write([&](Transaction& t) { return receive(t, force, record, at, terms); });
    }
    Result<Receipt> withdraw_it(std::string_view reference, UtcTime at)
    {
        return write([&](Transaction& t) { return withdraw(t, force, "northmere-custody", reference, at); });
    }
    records::StoredChild child(ChildId id)
    {
        return read([&](Transaction& t) { return records::find_child(t, id); }).value();
    }
    std::vector<StoredRecord> changes(std::int64_t since, std::size_t most = 100)
    {
        return read([&](Transaction& t) { return changes_since(t, since, most); });
    }
    std::vector<StoredRecord> records_at(ChildId home, UtcTime at)
    {
        return read([&](Transaction& t) { return records_of(t, home, at); });
    }
    static SourceRecord ayo()
    {
        return {.source = "northmere-custody",
                .reference = "17",
                .names = {{.given = "Ayo", .family = "Sample"}},
                .born = parse_partial_date("2011-05-17").value(),
                .postcodes = {"NM1 2AB"}};
    }
};

TEST_P(SourceRecords, are_kept_as_they_were_received)
{
    const auto home = child_at(morning);
    const auto receipt = receive_it(ayo(), morning, {.home = home});
    ASSERT_TRUE(receipt);
    EXPECT_EQ(receipt->what, Received::is_new);
    EXPECT_EQ(receipt->home, home);
    EXPECT_EQ(receipt->version, 1);

    const auto found = read([&](Transaction& t) { return find(t, "northmere-custody", "17"); });
    ASSERT_TRUE(found);
    EXPECT_EQ(found->record, ayo());
    EXPECT_EQ(found->id, receipt->id);
    EXPECT_EQ(found->agency, force);
    EXPECT_EQ(found->home, home);
    EXPECT_EQ(found->received_at, morning);
    EXPECT_FALSE(read([&](Transaction& t) { return find(t, "northmere-custody", "18"); }));
    EXPECT_FALSE(read([&](Transaction& t) { return find(t, "northmere-custody", "\xFF"); }));
}

TEST_P(SourceRecords, that_arrive_twice_change_nothing)
{
    const auto first = receive_it(ayo(), morning).value();
    const auto second = receive_it(ayo(), morning + 1h).value();
    EXPECT_EQ(second.what, Received::same);
    EXPECT_EQ(second.id, first.id);
    EXPECT_EQ(second.home, first.home);
    EXPECT_EQ(second.change, first.change);
    EXPECT_EQ(child(first.home).version, 1);
    EXPECT_EQ(changes(0).size(), 1u);
    EXPECT_TRUE(changes(first.change).empty());
}

TEST_P(SourceRecords, are_seen_as_they_stood_at_any_instant)
{
    const auto home = receive_it(ayo(), morning).value().home;
    auto corrected = ayo();
    corrected.born = parse_partial_date("2011-07-15").value();
    EXPECT_EQ(receive_it(corrected, morning + 1h).value().what, Received::changed);
    EXPECT_EQ(withdraw_it("17", morning + 2h).value().what, Received::changed);
    EXPECT_EQ(withdraw_it("17", morning + 3h).value().what, Received::same);
    EXPECT_EQ(receive_it(corrected, morning + 4h).value().what, Received::changed);

    EXPECT_TRUE(records_at(home, morning - 1s).empty());
    EXPECT_EQ(records_at(home, morning).at(0).record, ayo());
    EXPECT_EQ(records_at(home, morning + 2h - 1s).at(0).record, corrected);
    EXPECT_TRUE(records_at(home, morning + 2h).empty());
    EXPECT_EQ(records_at(home, morning + 4h).at(0).version, 4);

    const auto id = records_at(home, morning).at(0).id;
    const auto versions = read([&](Transaction& t) { return versions_of(t, id); });
    ASSERT_EQ(versions.size(), 4u);
    EXPECT_EQ(versions[0].record, ayo());
    EXPECT_TRUE(versions[2].is_deleted);
    EXPECT_EQ(versions[2].record, (SourceRecord{.source = "northmere-custody", .reference = "17"}));
    EXPECT_EQ(versions[3].content_hash, versions[1].content_hash);
}

TEST_P(SourceRecords, make_a_childs_record_when_there_is_none)
{
    const auto receipt = receive_it(ayo(), morning).value();
    const auto made = child(receipt.home);
    EXPECT_EQ(made.child.shown_name(), "Ayo Sample");
    EXPECT_EQ(made.child.born, ayo().born);
    EXPECT_EQ(made.child.source.agency, force);
    EXPECT_EQ(made.child.source.known_by, "northmere-custody");
}

TEST_P(SourceRecords, correct_the_childs_record_they_made_until_somebody_else_writes_in_it)
{
    const auto home = receive_it(ayo(), morning).value().home;
    auto record = ayo();
    record.postcodes = {"NM9 9ZZ"};
    ASSERT_TRUE(receive_it(record, morning + 1h));
    EXPECT_EQ(child(home).version, 1); // nothing that identifies the child was corrected
    record.names = {{.given = "Ayodele", .family = "Sample"}};
    ASSERT_TRUE(receive_it(record, morning + 2h));
    EXPECT_EQ(child(home).child.shown_name(), "Ayodele Sample");
    ASSERT_TRUE(withdraw_it("17", morning + 3h));
    EXPECT_EQ(child(home).child.shown_name(), "Ayodele Sample");
    record.names = {{.given = "Ayo", .family = "Samples"}};
    ASSERT_TRUE(receive_it(record, morning + 4h));
    EXPECT_EQ(child(home).child.shown_name(), "Ayo Samples");

    auto written = child(home);
    written.child.likes_to_be_called = "Ace";
    ASSERT_TRUE(write([&](Transaction& t) {
        return records::store_child(t, written.child, written.version, worker, "said so", morning + 5h);
    }));
    record.names = {{.given = "Wrong", .family = "Name"}};
    ASSERT_TRUE(receive_it(record, morning + 6h));
    EXPECT_EQ(child(home).child, written.child);
    EXPECT_EQ(records_at(home, morning + 6h).at(0).record, record);
}

TEST_P(SourceRecords, stay_with_their_home)
{
    const auto home = child_at(morning);
    ASSERT_TRUE(receive_it(ayo(), morning, {.home = home}));
    const auto other = child_at(morning);
    EXPECT_EQ(refusal(receive_it(ayo(), morning, {.home = other})), ProblemKind::conflict);
    auto corrected = ayo();
    corrected.sex = "male";
    EXPECT_EQ(refusal(receive_it(corrected, morning, {.home = other})), ProblemKind::conflict);
    EXPECT_EQ(receive_it(corrected, morning).value().home, home);
    EXPECT_EQ(
        refusal(receive_it({.source = "northmere-custody", .reference = "18"}, morning, {.home = ChildId::random()})),
        ProblemKind::not_found);
    EXPECT_EQ(changes(0).size(), 1u);
}

TEST_P(SourceRecords, of_one_agency_are_not_changed_by_another)
{
    ASSERT_TRUE(receive_it(ayo(), morning));
    const auto stranger = AgencyId::random();
    auto forged = ayo();
    forged.names = {{.whole = "Somebody Else"}};
    EXPECT_EQ(refusal(write([&](Transaction& t) { return receive(t, stranger, forged, morning); })),
              ProblemKind::conflict);
    forged.reference = "18";
    EXPECT_EQ(refusal(write([&](Transaction& t) { return receive(t, stranger, forged, morning); })),
              ProblemKind::conflict);
    EXPECT_EQ(refusal(write([&](Transaction& t) { return withdraw(t, stranger, "northmere-custody", "17", morning); })),
              ProblemKind::not_found);
    EXPECT_EQ(changes(0).at(0).record, ayo());
    forged.source = "eastwold-social-care";
    EXPECT_TRUE(write([&](Transaction& t) { return receive(t, stranger, forged, morning); }));
}

TEST_P(SourceRecords, without_what_they_need_are_refused_with_every_problem_at_once)
{
    const SourceRecord record{.source = " ", .identifiers = {{.type = "NHS", .value = "999 000 0000"}}};
    const auto refused = write([&](Transaction& t) { return receive(t, AgencyId{}, record, morning); });
    EXPECT_EQ(fields_of(refused), (std::vector<std::string>{"agency", "source", "reference", "lawful_basis"}));
    auto impossible = ayo();
    impossible.born = PartialDate{.year = 2011, .month = 13};
    EXPECT_FALSE(receive_it(impossible, morning));
    EXPECT_EQ(refusal(withdraw_it("17", morning)), ProblemKind::not_found);
    EXPECT_TRUE(changes(0).empty());
}

TEST_P(SourceRecords, keep_an_nhs_number_with_its_lawful_basis)
{
    auto record = ayo();
    record.identifiers = {{.type = "nhs", .value = "999 000 0000"}};
    const auto receipt = receive_it(record, morning, {.lawful_basis = "joint protocol 4"}).value();
    EXPECT_EQ(changes(0).at(0).lawful_basis, "joint protocol 4");
    EXPECT_EQ(child(receipt.home).child.identifiers.at(0).lawful_basis, "joint protocol 4");
}

TEST_P(SourceRecords, tell_the_newest_change_of_some_children)
{
    const auto ayo_home = child_at(morning);
    const auto linh_home = child_at(morning);
    const auto newest = [&](std::vector<ChildId> homes) {
        return read([&](Transaction& t) { return newest_change_of(t, homes); });
    };
    EXPECT_EQ(newest({ayo_home}), 0);
    EXPECT_EQ(newest({}), 0);
    const auto first = send(ayo_home, "1");
    const auto second = send(linh_home, "2");
    EXPECT_GT(second.change, first.change);
    EXPECT_EQ(newest({ayo_home}), first.change);
    EXPECT_EQ(newest({ayo_home, linh_home}), second.change);
    const auto third = send(ayo_home, "1", "NM1 2AB");
    EXPECT_EQ(newest({ayo_home, linh_home}), third.change);
}

TEST_P(SourceRecords, keep_an_index_fresh_by_their_changes)
{
    EXPECT_TRUE(rc::check([&] {
        std::map<std::string, std::optional<std::string>> sent; // reference to postcode; nothing: deleted
        std::map<std::string, std::optional<std::string>> index;
        const auto prefix = ChildId::random().text();
        std::int64_t seen = 0;
        const auto read_on = [&](std::size_t most) {
            const auto page = changes(seen, most);
            for (const auto& stored : page) {
                RC_ASSERT(stored.change > seen);
                seen = stored.change;
                if (!stored.record.reference.starts_with(prefix)) continue;
                index[stored.record.reference] =
                    stored.is_deleted ? std::nullopt : std::optional(stored.record.postcodes.at(0));
            }
            return page.size();
        };
        const auto steps = *rc::gen::inRange(0, 12);
        for (int step = 0; step < steps; ++step) {
            const auto reference = prefix + std::to_string(*rc::gen::inRange(0, 4));
            const auto what = *rc::gen::inRange(0, 4);
            if (what == 0) read_on(2);
            if (what == 1 && withdraw_it(reference, morning)) sent[reference] = std::nullopt;
            if (what < 2) continue;
            const std::string postcode = what == 2 ? "NM1 2AB" : "NM3 4CD";
            RC_ASSERT(
                receive_it({.source = "northmere-custody", .reference = reference, .postcodes = {postcode}}, morning));
            sent[reference] = postcode;
        }
        while (read_on(3) == 3) {
        }
        RC_ASSERT(index == sent);
    }));
}

ON_EVERY_ENGINE(SourceRecords);

} // namespace
} // namespace reachable::identity
