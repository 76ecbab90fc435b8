// The language: what is read, what is refused in which words, what is printed and what the hash is of.
#include "policy/testing.h"

#include "base/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace reachable::policy {
namespace {

using testing::Dice;
using ::testing::HasSubstr;

constexpr std::string_view start = R"(purpose care "To care" law "An Act"
purpose profit "To gain" grants nothing
labels open < personal < sensitive < restricted < sealed
categories id-core, address, health
relationship detaining proved by "a custody record" ends 24 hours after "release"
relationship allocated proved by "a list" ends with "the allocation"
actions read, write
view much whole id-core summary address own health released health
)";

std::string with(std::string_view rest)
{
    return std::string(start) + std::string(rest);
}

std::string fault_in(std::string_view text)
{
    const auto read = read_policy(text);
    return read ? "nothing is wrong" : read.error().front().sentence;
}

TEST(Language, reads_an_allow_aloud)
{
    const auto text =
        read_policy(with("allow A1 \"Custody sees\"\n may read to custody-sergeant or their supervisor of "
                         "police-force for care while detaining, allocated when record is not sealed "
                         "sees much up to sensitive then log; notify supervisor within 15 minutes; "
                         "expire after 2 hours; review within 1 working day\n"));
    ASSERT_TRUE(text) << sentences(text.error());
    const auto& rule = text->allows.front();
    EXPECT_EQ(rule.id, "A1");
    EXPECT_EQ(rule.roles, AnyOf(accounts::Role::CUST));
    EXPECT_TRUE(rule.or_their_supervisor);
    EXPECT_EQ(rule.relationships, (AnyOf{Relationship::detaining, Relationship::allocated}));
    EXPECT_EQ(print_condition(rule.when), "record is not sealed");
    EXPECT_EQ(rule.up_to, Label::sensitive);
    EXPECT_EQ(rule.duties.notices.front().within, std::chrono::minutes{15});
    EXPECT_EQ(rule.duties.expire_after, std::chrono::hours{2});
    EXPECT_EQ(rule.duties.review_within_working_days, 1);
    EXPECT_EQ(text->relationships.front().lasts, std::chrono::hours{24});
    EXPECT_TRUE(text->find_purpose("profit")->legal_basis.empty());
}

struct Fault {
    std::string_view text;
    std::string_view sentence;
};

TEST(Language, every_fault_names_line_word_and_remedy)
{
    // clang-format off
    const Fault faults[] = {
        {"allow A1 \"x\" may read to custody-sergeant of police-force for care while detianing sees much up to open",
         "line 9: “detianing” is no relationship. Did you mean “detaining”?"},
        {"allow A1 \"x\"\n  may raed to custody-sergeant of police-force for care", "line 10: “raed” is no action. Did you mean “read”?"},
        {"allow A1 \"x\" may read to CUST of police-force for care", "line 9: “CUST” is no role. “the-service-itself” is one of 36 that may stand here"},
        {"allow A1 \"x\" may read to custody-sergeant of police-force for profit",
         "line 9: “profit” is no purpose that grants anything. Here may stand: care"},
        {"allow A1 \"x\" may read to custody-sergeant of police-force for care sees much up to sealed",
         "line 9: “sealed” is above every rule. Here may stand: open, personal, sensitive, restricted"},
        {"allow A1 \"x\" may read to custody-sergeant of police-force for care sees more up to open", "line 9: “more” is no view. Here may stand: much"},
        {"allow A1 \"x\" may read, read to custody-sergeant of police-force for care", "line 9: “read” stands twice in this list. Say it once"},
        {"allow A1 \"x\" may read of police-force", "line 9: “of” is not understood here. Here stands “to”"},
        {"allow A1 \"x\" may read to custody-sergeant of police-force for care wile detaining",
         "line 9: “wile” is not understood here. Did you mean “while”?"},
        {"allow A1 \"\" may read", "line 9: “” is not understood here. Here stands, between quotation marks, what the rule is for"},
        {"allow A1 \"x", "line 9: a sentence is not closed. End it with a quotation mark on the same line"},
        {"alow A1 \"x\" may read", "line 9: “alow” begins no statement. Did you mean “allow”?"},
        {"view odd whole helth", "line 9: “helth” is no category. Did you mean “health”?"},
        {"view odd whole crime", "line 9: “crime” is no category. Here may stand: id-core, address, health"},
        {"view much whole health", "line 9: the view “much” stands twice. Leave one out"},
        {"purpose care \"Again\" law \"x\"", "line 9: the purpose “care” is declared twice. Leave one out"},
        {"forbid F1 \"x\" when kind is imigration", "line 9: “imigration” is no kind of agency. Did you mean “immigration”?"},
        {"forbid F1 \"x\" when second-factor within 0 minutes", "line 9: “0” is no count. Write a number from 1 to 100000"},
        {"forbid F1 \"x\" may read", "line 9: “may” allows. A forbid says “actions”, or nothing for any action"},
        {"forbid F1 \"x\" then expire after 3 fortnights", "line 9: “fortnights” is no unit of time. Here may stand: second, seconds, minute, minutes, hour, hours, day, days"},
        {"forbid F1 \"x\" then log; log", "line 9: “log” stands twice. Say it once"},
        {"limit L1 \"x\" of address show sumary", "line 9: “sumary” is no way of showing. Did you mean “summary”?"},
        {"limit L1 \"x\" of address show summary\nlimit L1 \"y\" of address show nothing", "line 10: “L1” is the number of two rules. Give one of them another"},
        {"break-glass B1 \"x\" may read to inspector of police-force for care needs reason of 20 characters and second-factor within 5 minutes up to open then notify supervisor now",
         "line 9: broken glass always ends. Add: expire after 1 hour"},
        {"break-glass B1 \"x\" may read to inspector of police-force for care needs reason of 20 characters and second-factor within 5 minutes up to open then expire after 1 hour",
         "line 9: broken glass is always told. Add: notify supervisor now"},
        {"  allow A1", "line 9: “allow” is not understood here. Here may stand: whole, summary, own, released"},
        {"forbid F1 \"x\" when role is custody-sergeant & inspector", "line 9: “&” stands in no word of this language. Sentences stand between quotation marks"},
        {"actions read", "line 9: actions are declared twice. Make one list of them"},
    };
    // clang-format on
    for (const auto& fault : faults) {
        auto sentence = fault_in(with(fault.text));
        EXPECT_EQ(sentence, fault.sentence) << fault.text;
    }
}

TEST(Language, tells_every_fault_at_once)
{
    const auto read = read_policy(with("forbid F1 \"x\" when kind is a\nforbid F2 \"x\" when kind is b\n"));
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().size(), 2U);
    EXPECT_EQ(fault_in("actions read\n"),
              "line 1: the order of labels is missing. Add: labels open < personal < sensitive < restricted < sealed");
    EXPECT_EQ(fault_in("  read\n"), "line 1: “read” belongs to no statement. A statement begins at the very left");
    EXPECT_EQ(fault_in(std::string("purpose \x80")), "The policy is not clean UTF-8 text");
    EXPECT_EQ(fault_in(std::string((1 << 20) + 1, ' ')), "A policy has at most a megabyte");
}

TEST(Language, an_action_that_begins_with_a_full_stop_begins_as_the_one_before_it)
{
    const auto declaring = [](std::string_view actions) {
        std::string text(start);
        constexpr std::string_view declared = "read, write";
        return text.replace(text.find(declared), declared.size(), actions);
    };
    const auto read = read_policy(declaring("flag.keep, .drop, read, case.keep, .drop"));
    ASSERT_TRUE(read) << sentences(read.error());
    const std::vector<std::string> whole{"flag.keep", "flag.drop", "read", "case.keep", "case.drop"};
    EXPECT_EQ(read->actions->actions, whole);
    EXPECT_NE(print_policy(*read).find("flag.keep, .drop, read, case.keep, .drop"), std::string::npos);
    EXPECT_EQ(fault_in(declaring(".keep, read")),
              "line 7: “.keep” begins with a full stop, and nothing stands before it. Write it whole");
    EXPECT_EQ(fault_in(declaring("read, .keep")),
              "line 7: “.keep” begins with a full stop, and the word before it has none. Write it whole");
    EXPECT_EQ(fault_in(declaring("flag.keep, .keep")), "line 7: “.keep” stands twice in this list. Say it once");
}

TEST(Language, a_group_is_a_name_for_a_list_and_means_the_list)
{
    const auto grouped = with("group suite of roles custody-sergeant, inspector\ngroup both of actions read, write\n"
                              "allow A1 \"They see\"  may both  to suite, supervisor of police-force  for care\n");
    const auto whole = with("allow A1 \"They see\"  may read, write\n"
                            "  to custody-sergeant, inspector, supervisor of police-force  for care\n");
    const auto read = read_policy(grouped), spelt = read_policy(whole);
    ASSERT_TRUE(read) << sentences(read.error());
    ASSERT_TRUE(spelt) << sentences(spelt.error());
    EXPECT_EQ(read->allows.front().actions, spelt->allows.front().actions);
    EXPECT_EQ(read->allows.front().roles, spelt->allows.front().roles);
    EXPECT_EQ(canonical(*read), canonical(*spelt)); // so a signature holds, and what was decided can be asked again
    EXPECT_NE(print_policy(*read).find("may both  to suite, supervisor of police-force"), std::string::npos)
        << print_policy(*read);
    EXPECT_EQ(print_policy(*read_policy(print_policy(*read))), print_policy(*read));
}

TEST(Language, a_group_that_would_not_be_read_as_it_is_meant_is_refused)
{
    const auto rule = [](std::string_view groups, std::string_view to) {
        return fault_in(with(fmt::format("{}\nallow A1 \"They see\"  may read  to {}  for care\n", groups, to)));
    };
    EXPECT_THAT(rule("group suite of roles inspector", "suite of police-force"), HasSubstr("holds one word"));
    EXPECT_THAT(rule("group suite of roles inspector, sergant", "suite of police-force"), HasSubstr("“sergant” is no"));
    EXPECT_THAT(rule("group supervisor of roles inspector, custody-sergeant", "supervisor of police-force"),
                HasSubstr("Give the group another name"));
    EXPECT_THAT(rule("group suite of roles inspector, custody-sergeant\ngroup suite of kinds police-force, oversight",
                     "suite of police-force"),
                HasSubstr("stands twice"));
    EXPECT_THAT(rule("group suite of roles inspector, custody-sergeant", "suite, inspector of police-force"),
                HasSubstr("“inspector” stands twice"));
    EXPECT_THAT(rule("group suite of roles inspector, custody-sergeant", "inspector, suite of police-force"),
                HasSubstr("“inspector” stands in this list and in “suite”"));
    EXPECT_THAT(rule("group suite of roles inspector, custody-sergeant", "suit of police-force"),
                HasSubstr("Did you mean “suite”"));
    EXPECT_THAT(rule("group suite of roles inspector, custody-sergeant", "inspector of police-force  for care\n"
                                                                         "  when role is suite"),
                HasSubstr("“suite” is no role"));
}

/// Signatures, kept texts and decisions that are replayed name a text by the hash of this form: however texts are laid
/// out for people, it stays as it is.
TEST(Language, the_canonical_form_never_changes)
{
    const auto read =
        read_policy(with("allow A1 \"Custody sees\"  may write, read  to inspector of police-force  for care\n"
                         "  while detaining  sees much up to open  then log\n"));
    ASSERT_TRUE(read) << sentences(read.error());
    const auto text = canonical(*read);
    EXPECT_NE(text.find("actions\n  read, write\n"), std::string::npos) << text;
    EXPECT_NE(text.find("allow A1 \"Custody sees\"\n  may read, write  to inspector of police-force  for care  while "
                        "detaining  sees much up to open  then log\n"),
              std::string::npos)
        << text;
    EXPECT_EQ(text.find("flag.keep, ."), std::string::npos);
    EXPECT_EQ(canonical(*read_policy(text)), text);
}

TEST(Language, the_shipped_text_is_laid_out_as_it_is_printed_and_is_short_enough_to_read_aloud)
{
    const auto source = testing::shipped_text();
    EXPECT_EQ(print_policy(testing::shipped().text()), source);
    EXPECT_LT(std::ranges::count(source, '\n'), 450);
    for (const auto line : split(source, '\n')) EXPECT_LE(line.size(), 150U) << line;
}

RC_GTEST_PROP(LanguageOnAnything, what_is_printed_reads_as_the_same_text, ())
{
    const auto text = Dice(*rc::gen::arbitrary<std::uint64_t>()).policy();
    const auto printed = print_policy(text);
    const auto again = read_policy(printed);
    RC_ASSERT(again);
    RC_ASSERT(print_policy(*again) == printed);
    RC_ASSERT(canonical(*again) == canonical(text));
    RC_ASSERT(*again == text);
    // The canonical form is a policy too, and its own canonical form.
    const auto settled = read_policy(canonical(text));
    RC_ASSERT(settled);
    RC_ASSERT(canonical(*settled) == canonical(text));
}

RC_GTEST_PROP(LanguageOnAnything, any_words_are_read_or_refused_with_a_sentence, ())
{
    const auto words = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
        "allow", "\n", "forbid", "\"x\"", "may", "read", "to", "of", "A1", ",", ";", "is", "when", "unless", "then",
        "\npurpose", "\nview", "whole", "health", "custody-sergeant", "\nlabels", "<", "#", "within", "5", "minutes"));
    const auto read = read_policy(with(join(words, " ")));
    if (read) return;
    RC_ASSERT(!read.error().empty());
    for (const auto& problem : read.error()) RC_ASSERT(problem.sentence.starts_with("line "));
}

TEST(Language, the_hash_forgets_layout_comments_and_order)
{
    const auto text = testing::shipped().text();
    auto other = text;
    std::ranges::reverse(other.allows);
    std::ranges::reverse(other.purposes);
    std::ranges::reverse(other.allows.front().actions);
    other.allows.front().place.comments = {"Another comment"};
    EXPECT_EQ(hash_of(other), hash_of(text));
    EXPECT_EQ(hash_of(text).size(), 64U);
}

TEST(Language, the_hash_moves_with_every_word)
{
    const auto& text = testing::shipped().text();
    const auto hash = hash_of(text);
    std::size_t same = 0;
    const auto without = [&](auto member) {
        for (std::size_t i = 0; i < (text.*member).size(); ++i) {
            auto less = text;
            auto& lines = less.*member;
            lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(i));
            same += hash_of(less) == hash ? 1U : 0U;
        }
    };
    without(&PolicyText::purposes);
    without(&PolicyText::relationships);
    without(&PolicyText::views);
    without(&PolicyText::allows);
    without(&PolicyText::limits);
    without(&PolicyText::forbids);
    without(&PolicyText::break_glass);
    auto words = text;
    words.allows.front().sentence += ".";
    EXPECT_NE(hash_of(words), hash);
    auto longer = text;
    longer.relationships.front().lasts += std::chrono::seconds{1};
    EXPECT_NE(hash_of(longer), hash);
    EXPECT_EQ(same, 0U);
}

} // namespace
} // namespace reachable::policy
