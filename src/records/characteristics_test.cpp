#include "records/characteristics.h"

#include "records/child.h"
#include "records/document.h"

#include <gtest/gtest.h>

namespace reachable::records {
namespace {

std::vector<std::string> fields_of(const Problems& problems)
{
    std::vector<std::string> fields;
    for (const auto& problem : problems) fields.push_back(problem.field);
    return fields;
}

/// 3.2: "Always preferred; never inferred", and perceptions "stored separately".
TEST(Characteristics, what_an_officer_sees_never_stands_for_what_the_child_says)
{
    EXPECT_TRUE(problems_of({.ethnicity = "B1", .ethnicity_as_perceived = "IC4"}).empty()) << "they may differ";
    EXPECT_EQ(fields_of(problems_of({.ethnicity = "IC3"})), (std::vector<std::string>{"ethnicity"}));
    EXPECT_EQ(fields_of(problems_of({.ethnicity_as_perceived = "B1"})),
              (std::vector<std::string>{"ethnicity_as_perceived"}));
}

/// "'Not stated' with reason".
TEST(Characteristics, ethnicity_is_not_stated_for_a_reason_only)
{
    EXPECT_TRUE(problems_of({.ethnicity = "NS", .ethnicity_not_stated_why = "Declined"}).empty());
    EXPECT_EQ(fields_of(problems_of({.ethnicity = "NS", .ethnicity_not_stated_why = "  "})),
              (std::vector<std::string>{"ethnicity_not_stated_why"}));
    EXPECT_EQ(fields_of(problems_of({.ethnicity = "W1", .ethnicity_not_stated_why = "Declined"})),
              (std::vector<std::string>{"ethnicity_not_stated_why"}));
}

/// R-X-08: no needs on record, none known and not asked are three things.
TEST(Characteristics, needs_stand_beside_a_yes_each_once)
{
    EXPECT_TRUE(problems_of({.has_needs = AnswerState::no}).empty());
    EXPECT_TRUE(problems_of({.has_needs = AnswerState::yes}).empty()) << "which ones is not known yet";
    const Need autism{.code = "ND01", .how_known = HowKnown::suspected};
    EXPECT_TRUE(problems_of({.has_needs = AnswerState::yes, .needs = {autism}}).empty());
    EXPECT_EQ(fields_of(problems_of({.has_needs = AnswerState::unknown, .needs = {autism}})),
              (std::vector<std::string>{"has_needs"}));
    EXPECT_EQ(fields_of(problems_of({.has_needs = AnswerState::yes, .needs = {autism, {}, autism}})),
              (std::vector<std::string>{"needs.1.code", "needs.2.code"}));
}

TEST(Characteristics, that_nobody_asked_about_leave_no_trace_in_the_document)
{
    const auto json = to_json(Child{.names = {read_name("Ayo Sample")}});
    EXPECT_EQ(json.find("characteristics"), nullptr);
    EXPECT_EQ(json.find("care_status_since"), nullptr);
    const auto read = child_from(json);
    ASSERT_TRUE(read) << sentences(read.error());
    EXPECT_EQ(read->characteristics.has_needs, AnswerState::not_asked);
}

/// R-X-10: "Police intelligence keeps its own grade (source 1–3, assessment A–E, handling P/C)".
TEST(IntelligenceGrades, are_read_and_written_as_police_write_them)
{
    for (const auto* text : {"1A-P", "2B-C", "3E-P"}) {
        const auto grade = intelligence_grade_from(text);
        ASSERT_TRUE(grade) << text;
        EXPECT_EQ(to_text(*grade), text);
    }
    for (const auto* text : {"", "4A-P", "0A-P", "1F-P", "1a-P", "1A-X", "1AP", "1A-PP", "A1-P"})
        EXPECT_FALSE(intelligence_grade_from(text)) << text;
}

/// R-X-03: when the organisation came to know is kept beside when somebody wrote it down.
TEST(Sources, keep_when_the_organisation_came_to_know)
{
    Source source{.known_by = "social worker"};
    source.recorded_at = parse_utc("2026-10-28T02:00:00Z").value();
    source.known_to_agency_at = parse_utc("2026-10-27T17:30:00Z").value();
    source.graded = IntelligenceGrade{2, 'C', 'P'};
    DocumentWriter writer;
    write(writer, source);
    const auto document = writer.take();
    EXPECT_EQ(document.text_of("known_to_agency_at"), "2026-10-27T17:30:00Z");
    DocumentReader reader(document);
    EXPECT_EQ(read_source(reader), source);
}

} // namespace
} // namespace reachable::records
