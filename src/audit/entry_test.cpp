#include "audit/entry_reader.h"
#include "audit/testing.h"
#include "base/text.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace reachable::audit {
namespace {

template <class AnId>
AnId id_of(std::uint8_t number)
{
    AnId id;
    id.bytes.back() = number;
    return id;
}

Entry look_at_a_brief()
{
    return {.sequence = 17,
            .at = parse_utc("2026-10-24T23:40:00Z").value(),
            .operation = Operation::look,
            .action = "look:custody.brief",
            .worker = id_of<WorkerId>(1),
            .agency = id_of<AgencyId>(2),
            .role = "CUST",
            .purpose = "custody-safeguarding",
            .child = id_of<ChildId>(3),
            .case_id = id_of<CaseId>(4),
            .categories = 0x2f,
            .view = 0x0f,
            .rules = "A12,L3",
            .policy_hash = "ab12",
            .request = id_of<RequestId>(5),
            .outcome = "done",
            .commitments = {std::string(64, 'a')}};
}

TEST(Entry, is_written_as_lines_that_a_person_can_read)
{
    EXPECT_EQ(canonical(look_at_a_brief()), "sequence 17\n"
                                            "at 2026-10-24T23:40:00Z\n"
                                            "clock_health system\n"
                                            "operation look\n"
                                            "action look:custody.brief\n"
                                            "worker 00000000000000000000000000000001\n"
                                            "agency 00000000000000000000000000000002\n"
                                            "on_behalf_of\n"
                                            "role CUST\n"
                                            "purpose custody-safeguarding\n"
                                            "reason_code\n"
                                            "child 00000000000000000000000000000003\n"
                                            "case 00000000000000000000000000000004\n"
                                            "categories 2f\n"
                                            "view f\n"
                                            "recipients\n"
                                            "rules A12,L3\n"
                                            "policy_hash ab12\n"
                                            "request 00000000000000000000000000000005\n"
                                            "outcome done\n"
                                            "commitment " +
                                                std::string(64, 'a') + "\n");
}

TEST(Entry, a_text_with_a_space_a_line_end_or_an_accent_is_a_bug)
{
    for (const auto* text : {"Ayo Bello", "a\nb", "caf\u00e9", "\t", "\x7f"}) {
        auto entry = look_at_a_brief();
        entry.reason_code = text;
        EXPECT_THROW(canonical(entry), Bug) << text;
    }
    auto entry = look_at_a_brief();
    entry.commitments = {"Ayo"};
    EXPECT_THROW(canonical(entry), Bug);
    entry = look_at_a_brief();
    entry.at = from_seconds(400'000'000'000);
    EXPECT_THROW(canonical(entry), Bug);
}

TEST(Entry, bytes_that_are_written_in_another_way_are_refused)
{
    const auto bytes = canonical(look_at_a_brief());
    const auto with = [&](std::string_view from, std::string_view to) {
        auto changed = bytes;
        changed.replace(changed.find(from), from.size(), to);
        return changed;
    };
    ASSERT_TRUE(parse_entry(bytes));
    EXPECT_FALSE(parse_entry(""));
    EXPECT_FALSE(parse_entry(bytes.substr(0, bytes.size() - 1)));
    EXPECT_FALSE(parse_entry(bytes + "\n"));
    EXPECT_FALSE(parse_entry(bytes + "note more\n"));
    EXPECT_FALSE(parse_entry(with("sequence 17", "sequence 017")));
    EXPECT_FALSE(parse_entry(with("sequence 17", "sequence +17")));
    EXPECT_FALSE(parse_entry(with("sequence 17", "sequence -17")));
    EXPECT_FALSE(parse_entry(with("sequence 17", "sequence 18446744073709551616")));
    EXPECT_FALSE(parse_entry(with("sequence 17", "sequence 1f")));
    EXPECT_FALSE(parse_entry(with("operation look", "operation peek")));
    EXPECT_FALSE(parse_entry(with("operation look", "operation")));
    EXPECT_FALSE(parse_entry(with("reason_code\n", "reason_code \n")));
    EXPECT_FALSE(parse_entry(with("reason_code\n", "")));
    EXPECT_FALSE(parse_entry(with("reason_code\n", "reason_codex\n")));
    EXPECT_FALSE(parse_entry(with("role CUST", "role  CUST")));
    EXPECT_FALSE(parse_entry(with("on_behalf_of", "on_behalf_of 00000000000000000000000000000000")));
    EXPECT_FALSE(parse_entry(with("categories 2f", "categories 2F")));
    EXPECT_FALSE(parse_entry(with("categories 2f", "categories 0x2f")));
    EXPECT_FALSE(parse_entry(with("at 2026-10-24", "at 2026-02-30")));
    EXPECT_FALSE(parse_entry(with("commitment aa", "commitment aA")));
}

Entry look_at_a_queue()
{
    auto entry = look_at_a_brief();
    entry.also = {{id_of<ChildId>(6), id_of<CaseId>(7)}, {{}, id_of<CaseId>(8)}, {id_of<ChildId>(9), {}}};
    return entry;
}

TEST(Entry, about_several_children_names_each_of_them_on_a_line)
{
    const auto bytes = canonical(look_at_a_queue());
    const auto lines =
        bytes.substr(bytes.find("outcome done\n"), bytes.find("commitment") - bytes.find("outcome done\n"));
    EXPECT_EQ(lines, "outcome done\n"
                     "also 00000000000000000000000000000006 00000000000000000000000000000007\n"
                     "also - 00000000000000000000000000000008\n"
                     "also 00000000000000000000000000000009 -\n");
    EXPECT_EQ(parse_entry(bytes).value(), look_at_a_queue());
    auto about_nobody = look_at_a_queue();
    about_nobody.also.emplace_back();
    EXPECT_THROW(canonical(about_nobody), Bug);
}

TEST(Entry, about_several_children_in_another_way_is_refused)
{
    const auto bytes = canonical(look_at_a_queue());
    const std::string child = "00000000000000000000000000000006";
    const std::string case_id = "00000000000000000000000000000007";
    for (const auto& line :
         {std::string("also"), std::string("also "), "also " + child, "also " + child + " ", "also  " + case_id,
          std::string("also - -"), "also " + child + "  " + case_id, "also " + child + " " + case_id + " -",
          "also " + child + " " + std::string(32, '0'), "also " + child + " " + case_id + "0",
          "also " + child.substr(1) + " " + case_id, "also A" + child.substr(1) + " " + case_id}) {
        auto changed = bytes;
        changed.replace(changed.find("also "), 5 + 32 + 1 + 32, line);
        EXPECT_FALSE(parse_entry(changed)) << line;
    }
    const auto commitment_first = [&] {
        auto changed = bytes;
        const std::string last = "also 00000000000000000000000000000009 -\n";
        changed.erase(changed.find(last), last.size());
        return changed + last;
    };
    EXPECT_FALSE(parse_entry(commitment_first()));
}

rc::Gen<std::string> a_code()
{
    return rc::gen::container<std::string>(rc::gen::inRange<char>('!', '\x7f'));
}

template <class AnId>
AnId an_id()
{
    AnId id;
    if (*rc::gen::arbitrary<bool>()) return id;
    for (auto& byte : id.bytes) byte = *rc::gen::arbitrary<std::uint8_t>();
    return id;
}

Entry any_entry()
{
    Entry entry{.sequence = *rc::gen::arbitrary<std::uint64_t>(),
                .at = from_seconds(*rc::gen::inRange<std::int64_t>(-62'000'000'000, 253'402'300'800)),
                .clock_health = *a_code(),
                .operation = static_cast<Operation>(*rc::gen::inRange(0, 10)),
                .action = *a_code(),
                .worker = an_id<WorkerId>(),
                .agency = an_id<AgencyId>(),
                .on_behalf_of = an_id<AgencyId>(),
                .role = *a_code(),
                .purpose = *a_code(),
                .reason_code = *a_code(),
                .child = an_id<ChildId>(),
                .case_id = an_id<CaseId>(),
                .categories = *rc::gen::arbitrary<std::uint64_t>(),
                .view = *rc::gen::arbitrary<std::uint64_t>(),
                .recipients = *a_code(),
                .rules = *a_code(),
                .policy_hash = *a_code(),
                .request = an_id<RequestId>(),
                .outcome = *a_code()};
    for (auto count = *rc::gen::inRange(0, 3); count > 0; --count)
        entry.also.push_back({an_id<ChildId>(), id_of<CaseId>(static_cast<std::uint8_t>(count))});
    for (auto count = *rc::gen::inRange(0, 3); count > 0; --count)
        entry.commitments.push_back(commit_to(Bytes(32, 7), *a_code()));
    return entry;
}

RC_GTEST_PROP(Entry, comes_back_as_it_was_written, ())
{
    const auto entry = any_entry();
    const auto back = parse_entry(canonical(entry));
    RC_ASSERT(back.has_value());
    RC_ASSERT(*back == entry);
}

RC_GTEST_PROP(Entry, with_one_byte_changed_is_refused_or_is_another_entry_written_canonically, ())
{
    static const auto bytes = canonical(look_at_a_brief());
    auto changed = bytes;
    changed[*rc::gen::inRange<std::size_t>(0, bytes.size())] = *rc::gen::arbitrary<char>();
    const auto back = parse_entry(changed);
    if (back) RC_ASSERT(canonical(*back) == changed);
}

RC_GTEST_PROP(Entry, read_into_a_place_used_before_leaves_nothing_of_the_earlier_one, ())
{
    Entry place = any_entry();
    const auto entry = any_entry();
    RC_ASSERT(read_entry(canonical(entry), place).has_value());
    RC_ASSERT(place == entry);
}

/// `entry` with one of its lines as `other` has it.
Entry with_a_line_of(const Entry& entry, const Entry& other)
{
    const auto bytes = canonical(entry);
    const auto other_bytes = canonical(other);
    const auto lines = split(bytes, '\n');
    const auto others = split(other_bytes, '\n');
    const auto which = *rc::gen::inRange<std::size_t>(0, 20);
    std::string changed;
    for (std::size_t i = 0; i + 1 < lines.size(); ++i) changed.append(i == which ? others[i] : lines[i]) += '\n';
    return parse_entry(changed).value();
}

RC_GTEST_PROP(Gathering, loses_nothing_and_joins_what_differs_in_nothing_but_child_and_case, ())
{
    auto one = any_entry();
    one.also.clear();
    std::vector<Entry> asked;
    for (auto count = *rc::gen::inRange(1, 20); count > 0; --count) {
        auto entry = *rc::gen::arbitrary<bool>() ? with_a_line_of(one, any_entry()) : one;
        entry.also.clear();
        entry.child = id_of<ChildId>(*rc::gen::inRange<std::uint8_t>(0, 4));
        entry.case_id = id_of<CaseId>(*rc::gen::inRange<std::uint8_t>(0, 4));
        asked.push_back(std::move(entry));
    }
    std::vector<Entry> gathered;
    for (const auto& entry : asked) gather(gathered, entry);
    std::vector<Entry> told;
    for (const auto& entry : gathered)
        for (auto& each : each_of(parse_entry(canonical(entry)).value())) told.push_back(std::move(each));
    RC_ASSERT(std::is_permutation(told.begin(), told.end(), asked.begin(), asked.end()));
}

TEST(Gathering, joins_rows_alike_and_keeps_apart_what_was_decided_or_shown_otherwise)
{
    const auto about = [](std::uint8_t number) {
        auto entry = look_at_a_brief();
        entry.child = id_of<ChildId>(number);
        return entry;
    };
    std::vector<Entry> entries;
    gather(entries, about(1));
    gather(entries, about(2));
    auto other_rules = about(3);
    other_rules.rules = "A13";
    gather(entries, other_rules);
    auto shows_less = about(4);
    shows_less.view = 1;
    gather(entries, shows_less);
    auto about_nobody = about(0);
    about_nobody.case_id = {};
    gather(entries, about_nobody);
    gather(entries, about(5));
    ASSERT_EQ(entries.size(), 4U);
    EXPECT_EQ(entries[0].also,
              (std::vector<Beside>{{id_of<ChildId>(2), id_of<CaseId>(4)}, {id_of<ChildId>(5), id_of<CaseId>(4)}}));
    EXPECT_EQ(only_child(entries[0]), std::nullopt);
    EXPECT_EQ(only_child(entries[1]), id_of<ChildId>(3));
    EXPECT_EQ(only_child(entries[3]), std::nullopt);
}

TEST(Gathering, begins_another_entry_where_one_is_full)
{
    std::vector<Entry> entries;
    for (int i = 0; i < 600; ++i) gather(entries, look_at_a_brief());
    ASSERT_EQ(entries.size(), 3U);
    EXPECT_EQ(each_of(entries[0]).size() + each_of(entries[1]).size() + each_of(entries[2]).size(), 600U);
}

TEST(Commitment, differs_for_each_salt_and_each_value)
{
    const auto one = commit_to(Bytes(32, 1), "Ayo");
    EXPECT_EQ(one.size(), 64U);
    EXPECT_NE(one, commit_to(Bytes(32, 2), "Ayo"));
    EXPECT_NE(one, commit_to(Bytes(32, 1), "Ayi"));
    EXPECT_THROW(commit_to(Bytes(31, 1), "Ayo"), Bug);
}

TEST(Entry, keeps_what_the_policy_was_asked_and_says_nothing_where_nothing_was)
{
    auto entry = testing::entry_of(3);
    entry.question.clear();
    const auto before = canonical(entry);
    EXPECT_EQ(before.find("question"), std::string::npos) << "entries from before stay byte for byte what they were";
    ASSERT_TRUE(parse_entry(before));
    entry.question = "custody-sergeant+of+police-force+may+read+second-factor+60";
    const auto parsed = parse_entry(canonical(entry));
    ASSERT_TRUE(parsed);
    EXPECT_EQ(*parsed, entry);
    auto empty = before;
    empty += "question\n";
    EXPECT_FALSE(parse_entry(empty)) << "there is one way to write an entry";
    std::vector<Entry> entries;
    gather(entries, entry);
    entry.child = testing::child_of(2);
    gather(entries, entry);
    entry.question += "0";
    gather(entries, entry);
    EXPECT_EQ(entries.size(), 2U) << "rows are gathered only if the same was asked of them";
}

} // namespace
} // namespace reachable::audit
