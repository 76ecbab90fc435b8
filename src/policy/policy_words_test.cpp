// What the policy says about itself: explanations, differences, requests as text, and signatures.
#include "policy/diff.h"
#include "policy/explain.h"
#include "policy/request_text.h"
#include "policy/signed_policy.h"
#include "policy/test_table.h"
#include "policy/testing.h"

#include "base/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <gtest/gtest.h>

namespace reachable::policy {
namespace {

std::string explained(std::string_view line)
{
    const auto request = read_request(line);
    EXPECT_TRUE(request) << sentences(request.error());
    auto lines = explain(testing::shipped(), *request);
    EXPECT_EQ(lines.back(), "Policy " + testing::shipped().hash());
    lines.pop_back();
    return join(lines, "\n");
}

TEST(Explain, names_the_rules_that_allow_and_that_cut)
{
    EXPECT_EQ(explained("custody-sergeant of police-force may read for custody-safeguarding while detaining of address "
                        "sensitive, interview-text personal"),
              "Allowed.\n"
              "A02: Custody sees what keeps the child safe tonight\n"
              "L3: Where a child lives or is placed is shown as an area\n"
              "Some of this is shown to you as a summary\n"
              "Your role and purpose do not show all of this\n"
              "address that is sensitive: a summary\n"
              "interview-text that is personal: hidden\n"
              "Then: log");
}

TEST(Explain, tells_what_was_missing_and_what_forbids)
{
    EXPECT_EQ(explained("custody-sergeant of police-force may read for custody-safeguarding"),
              "Denied.\nThe records show no present link between your work and this child\n"
              "A02 would allow it, with one of these that holds now: detaining\n"
              "A28 would allow it, with one of these that holds now: enquiry");
    EXPECT_EQ(explained("community-support-officer of police-force may read for prevention-offer while allocated"),
              "Denied.\nThe records show no present link between your work and this child\n"
              "A60 would allow it, with that record is under-alert for certain");
    EXPECT_EQ(explained("custody-sergeant of immigration may search for custody-safeguarding"),
              "Denied.\nF1: Data about children never serves immigration enforcement")
        << "no rule would allow what a forbid denies";
    EXPECT_EQ(explained("catalogue-owner of police-force may read"), "Denied.\nChoose what you need this for");
}

TEST(Explain, tells_what_broken_glass_owes)
{
    const auto words = explained("response-officer of police-force may read for missing-response of address sensitive "
                                 "break-glass 20 0");
    EXPECT_NE(words.find("B1: Life at risk"), std::string::npos);
    EXPECT_NE(words.find("address that is sensitive: whole"), std::string::npos);
    EXPECT_NE(words.find("Then: log; notify supervisor now; notify information-governance-officer now; expire after 1 "
                         "hour; review within 1 working day"),
              std::string::npos);
}

std::vector<std::string> difference(std::string_view from, std::string_view to)
{
    auto changed = testing::shipped_text();
    const auto at = changed.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    changed.replace(at, from.size(), to);
    const auto after = TextPolicy::read(changed);
    EXPECT_TRUE(after) << sentences(after.error());
    auto found = diff(testing::shipped(), **after);
    EXPECT_EQ(std::ranges::any_of(found, [](const std::string& one) { return !one.starts_with("words:"); }),
              !decide_alike(testing::shipped(), **after));
    return found;
}

TEST(Diff, tells_who_gains_a_role)
{
    const std::string who = "gains: detention-officer of police-force, to search for custody-safeguarding, even when "
                            "nothing connects them with the child: ";
    EXPECT_EQ(
        difference("may search  to custody-officers of", "may search  to custody-officers, detention-officer of"),
        (std::vector<std::string>{who + "may do it, who might not",
                                  who + "address, id-core: a summary instead of nothing, where it is open, personal",
                                  "words: the rule A19 reads differently"}));
}

TEST(Diff, tells_who_loses_when_a_label_sinks)
{
    const auto found =
        difference("sees custody-staff up to sensitive  then log", "sees custody-staff up to personal  then log");
    ASSERT_FALSE(found.empty());
    EXPECT_TRUE(std::ranges::any_of(found, [](const std::string& sentence) {
        return sentence.starts_with("loses: custody-sergeant, custody-sergeant's supervisor") &&
               sentence.find("to read for custody-safeguarding, while detaining") != std::string::npos &&
               sentence.find("where it is sensitive") != std::string::npos;
    })) << found.front();
    for (const auto& sentence : found) EXPECT_FALSE(sentence.starts_with("gains")) << sentence;
}

TEST(Diff, tells_what_a_forbid_held_back)
{
    const auto found =
        difference("  when relationship is linked\n", "  when relationship is linked and action is search\n");
    const bool tells = std::ranges::any_of(found, [](const std::string& one) {
        return one.starts_with("gains:") && one.find("detaining and linked") != std::string::npos;
    });
    EXPECT_TRUE(tells);
}

TEST(Diff, tells_of_time_duties_and_words)
{
    EXPECT_EQ(difference("ends 24 hours after \"the child leaves custody\"",
                         "ends 48 hours after \"the child leaves custody\""),
              (std::vector<std::string>{
                  "gains: who is connected by detaining keeps that for 48 hours after its end instead of 24 hours",
                  "words: the relationship detaining reads differently"}));
    const auto duties = difference("then notify local-authority-duty-manager now",
                                   "then notify local-authority-duty-manager within 5 minutes");
    ASSERT_FALSE(duties.empty());
    EXPECT_NE(
        duties.front().find("what must then be done changes from notify local-authority-duty-manager now to notify "
                            "local-authority-duty-manager within 5 minutes"),
        std::string::npos);
    EXPECT_TRUE(difference("training", "training").empty());
    EXPECT_EQ(difference("\"Investigate a crime\"", "\"Look into a crime\""),
              std::vector<std::string>{"words: the purpose crime-investigation reads differently"});
}

TEST(RequestText, refuses_what_is_no_request)
{
    const auto fault = [](std::string_view line) {
        const auto read = read_request(line);
        return read ? std::string("nothing is wrong") : read.error().front().sentence;
    };
    EXPECT_EQ(fault("custody-seargent of police-force may read"),
              "line 1: “custody-seargent” is no role. Did you mean “custody-sergeant”?");
    EXPECT_EQ(fault("inspector of police-force may read while detianing"),
              "line 1: “detianing” is no relationship. Did you mean “detaining”?");
    EXPECT_EQ(fault("inspector of police-force may read hastily"),
              "line 1: “hastily” is not understood here. Here may stand: for, while, unsure, of, record, supervising, "
              "second-factor, break-glass, cannot");
    EXPECT_EQ(fault("inspector of police-force may read break-glass many 0"), "line 1: “many” is no number");
}

TEST(TestTable, refuses_a_row_by_line_and_remedy)
{
    const auto fault = [](std::string_view text) {
        const auto read = read_test_table(text);
        return read ? std::string("nothing is wrong") : read.error().front().sentence;
    };
    EXPECT_EQ(fault("\ninspector of police-force | read | care | detaining | denied\n"),
              "line 2: a row has six cells: who | does | for | while | sees | because");
    EXPECT_EQ(fault("inspecter of police-force | read | care | detaining | denied |\n"),
              "line 1: “inspecter” is no role. Did you mean “inspector”?");
    EXPECT_EQ(fault("inspector of police-force | read | care | detained | denied |\n"),
              "line 1: “detained” is no relationship and no circumstance. Did you mean “detaining”?");
    EXPECT_EQ(fault("inspector of police-force | read | care | detaining | much up to open |\n"),
              "line 1: “much” is no view of this table. None is declared");
}

TEST(TestTable, tells_where_policy_and_table_part)
{
    const auto table =
        read_test_table("view all whole id-core\n"
                        "inspector of police-force | read | custody-safeguarding | nothing | all up to open | A02\n"
                        "custody-sergeant of police-force | read | custody-safeguarding | linked | denied | F3\n"
                        "everything else is denied\n");
    ASSERT_TRUE(table) << sentences(table.error());
    const auto report = run_tests(*table, testing::shipped(), 3);
    ASSERT_EQ(report.failures.size(), 3U);
    EXPECT_EQ(report.failures[0],
              "line 2: inspector of police-force may read for custody-safeguarding second-factor 0: "
              "denied, and should be allowed");
    EXPECT_EQ(report.failures[1],
              "line 3: custody-sergeant of police-force may read for custody-safeguarding while linked "
              "second-factor 0: decided because of F2, not of F3");
    EXPECT_EQ(report.failures[2], "custody-sergeant of police-force may custody.book_in for custody-safeguarding while "
                                  "detaining: no row says so");
}

// --- Signatures

class SignedPolicy : public ::testing::Test {
  protected:
    void SetUp() override
    {
        folder_ = std::filesystem::temp_directory_path() / ("policy-" + to_hex(random_bytes(8)));
        std::filesystem::create_directories(folder_);
        write("", testing::shipped_text());
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    void write(std::string_view ending, std::string_view text) const
    {
        std::ofstream(file().string() + std::string(ending), std::ios::binary) << text;
    }
    std::filesystem::path file() const { return folder_ / "reachable.policy"; }
    std::vector<Officer> officers() const
    {
        return {{"data-protection-officer", {first_.open.begin(), first_.open.end()}},
                {"caldicott-guardian", {second_.open.begin(), second_.open.end()}}};
    }
    std::string both_signatures() const
    {
        return signature_line("data-protection-officer", first_, testing::shipped()) +
               signature_line("caldicott-guardian", second_, testing::shipped());
    }
    std::string fault(Signed is_signed = Signed::insisted_on) const
    {
        const auto loaded = load_policy(file(), officers(), is_signed);
        return loaded ? "loaded" : loaded.error().front().sentence;
    }

    std::filesystem::path folder_;
    SigningKey first_ = make_signing_key();
    SigningKey second_ = make_signing_key();
};

TEST_F(SignedPolicy, loads_when_both_officers_have_signed)
{
    write(".signatures", "# Signed on 1 November 2026\n" + both_signatures());
    const auto loaded = load_policy(file(), officers(), Signed::insisted_on);
    ASSERT_TRUE(loaded) << sentences(loaded.error());
    EXPECT_EQ(loaded->signed_by, (std::vector<std::string>{"data-protection-officer", "caldicott-guardian"}));
    EXPECT_EQ(loaded->policy->hash(), testing::shipped().hash());
    EXPECT_EQ(loaded->policy->version(), "2026.1");
}

TEST_F(SignedPolicy, one_changed_word_is_refused_even_in_a_demonstration)
{
    write(".signatures", both_signatures());
    auto changed = testing::shipped_text();
    const std::string_view word = "up to personal";
    changed.replace(changed.find(word), word.size(), "up to sensitive");
    write("", changed);
    const std::string refusal =
        "The signature of the data-protection-officer does not fit this policy. Sign the text as it stands";
    EXPECT_EQ(fault(), refusal);
    EXPECT_EQ(fault(Signed::not_needed), refusal);
}

TEST_F(SignedPolicy, a_comment_may_be_mended_without_signing_again)
{
    write(".signatures", both_signatures());
    write("", testing::shipped_text() + "\n# Read aloud at the meeting of November\n");
    EXPECT_EQ(fault(), "loaded");
}

TEST_F(SignedPolicy, both_must_have_signed_with_the_keys_that_the_settings_name)
{
    EXPECT_EQ(fault(), "The data-protection-officer has not signed this policy. Have it signed before it is used");
    write(".signatures", signature_line("data-protection-officer", first_, testing::shipped()));
    EXPECT_EQ(fault(), "The caldicott-guardian has not signed this policy. Have it signed before it is used");
    write(".signatures", signature_line("data-protection-officer", first_, testing::shipped()) +
                             signature_line("caldicott-guardian", first_, testing::shipped()));
    EXPECT_EQ(fault(), "The caldicott-guardian has not signed this policy. Have it signed before it is used");
    write(".signatures", "data-protection-officer ed25519 00 00\n");
    EXPECT_EQ(fault(), "A signature reads: office ed25519 open-key signature, both in hexadecimal");
}

TEST_F(SignedPolicy, a_demonstration_needs_no_signature_and_nobody_else_goes_without)
{
    EXPECT_EQ(fault(Signed::not_needed), "loaded");
    const auto loaded = load_policy(file(), {}, Signed::insisted_on);
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.error().front().sentence,
              "Name the two officers who sign the policy in the settings: policy_officers");
    const auto nowhere = load_policy(folder_ / "nothing.policy", {}, Signed::not_needed);
    ASSERT_FALSE(nowhere);
    EXPECT_EQ(nowhere.error().front().kind, ProblemKind::unavailable);
}

TEST(Officers, are_two_people)
{
    const std::string one(64, 'a');
    const std::string other(64, 'b');
    const auto read = read_officers(fmt::format("data-protection-officer {}, caldicott-guardian {}", one, other));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->size(), 2U);
    EXPECT_FALSE(read_officers(fmt::format("data-protection-officer {}, caldicott-guardian {}", one, one)));
    EXPECT_FALSE(read_officers(fmt::format("caldicott-guardian {}, caldicott-guardian {}", one, other)));
    EXPECT_FALSE(read_officers("data-protection-officer"));
    EXPECT_FALSE(read_officers("data-protection-officer xyz"));
    EXPECT_TRUE(read_officers(" ")->empty());
}

} // namespace
} // namespace reachable::policy
