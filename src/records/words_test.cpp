#include "records/words.h"

#include "records/testing.h"

#include <rapidcheck/gtest.h>

namespace reachable::records {
namespace {

using namespace testing;
using storage::Transaction;

OwnWords said_by(ChildId child, std::string words)
{
    return {.id = WordsId::random(),
            .child = child,
            .words = std::move(words),
            .speaker = "the child",
            .setting = "in the car, on the way home",
            .language = "cy",
            .was_interpreted = AnswerState::no,
            .written_down_by = WorkerId::random(),
            .said = {utc("2026-03-30T16:00:00Z"), Precision::about},
            .written_at = utc("2026-03-30T17:10:00Z")};
}

TEST(Words, need_speaker_setting_language_interpreter_and_writer)
{
    const auto refused = words_from(to_json(OwnWords{}));
    ASSERT_FALSE(refused);
    std::vector<std::string> fields;
    for (const auto& problem : refused.error()) fields.push_back(problem.field);
    EXPECT_EQ(fields, (std::vector<std::string>{"child", "words", "speaker", "setting", "language", "was_interpreted",
                                                "written_down_by"}));
}

RC_GTEST_PROP(Words, are_read_back_as_they_were_written, ())
{
    auto words = said_by(ChildId::random(), " " + *some_text() + " ");
    words.speaker = *some_text();
    words.interpreter = *some_text();
    words.was_interpreted = *rc::gen::element(AnswerState::yes, AnswerState::unknown);
    words.said = {*rc::gen::arbitrary<bool>() ? std::optional(some_time()) : std::nullopt, Precision::date_only};
    words.corrects = some_id<WordsId>();
    RC_ASSERT(words_from(to_json(words)) == words);
}

class OwnWordsOnRecord : public RecordsTest {
  protected:
    Result<> add(const OwnWords& words)
    {
        return write([&](Transaction& t) { return add_words(t, words); });
    }
    std::vector<OwnWords> all(ChildId child)
    {
        return read([&](Transaction& t) { return words_of(t, child); });
    }
};

TEST_P(OwnWordsOnRecord, stay_exactly_as_they_were_said_in_the_order_they_were_added)
{
    const auto zed = ChildId::random();
    std::vector<OwnWords> said;
    for (const auto* words : {"  Maen nhw'n dweud… \n", "dim i mam ", "\"ok\" <3"}) {
        said.push_back(said_by(zed, words));
        ASSERT_TRUE(add(said.back()));
    }
    ASSERT_TRUE(add(said_by(ChildId::random(), "somebody else")));
    EXPECT_EQ(all(zed), said);
    EXPECT_EQ(read([&](Transaction& t) { return find_words(t, said[1].id); }), said[1]);
    EXPECT_EQ(read([&](Transaction& t) { return find_words(t, WordsId::random()); }), std::nullopt);
}

TEST_P(OwnWordsOnRecord, are_never_changed)
{
    auto words = said_by(ChildId::random(), "they'll say I owe for it");
    ASSERT_TRUE(add(words));
    const auto before = all(words.child);
    words.words = "they will say that I owe for it";
    const auto refused = add(words);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().front().kind, ProblemKind::conflict);
    EXPECT_EQ(all(words.child), before);
}

TEST_P(OwnWordsOnRecord, are_corrected_and_translated_by_entries_of_their_own)
{
    const auto zed = ChildId::random();
    const auto first = said_by(zed, "Dim i mam");
    auto translation = said_by(zed, "Not for my mum");
    translation.translates = first.id;
    translation.language = "en-GB";
    auto correction = said_by(zed, "Dim i Mam-gu");
    correction.corrects = first.id;
    EXPECT_FALSE(add(correction)); // nothing to correct yet
    ASSERT_TRUE(add(first));
    ASSERT_TRUE(add(translation));
    ASSERT_TRUE(add(correction));
    EXPECT_EQ(all(zed), (std::vector{first, translation, correction}));
}

TEST_P(OwnWordsOnRecord, cannot_correct_what_another_child_said)
{
    const auto first = said_by(ChildId::random(), "Dim i mam");
    ASSERT_TRUE(add(first));
    auto correction = said_by(ChildId::random(), "Dim i Mam-gu");
    correction.corrects = first.id;
    const auto refused = add(correction);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().front().kind, ProblemKind::not_found);
    EXPECT_EQ(refused.error().front().field, "corrects");
}

ON_EVERY_ENGINE(OwnWordsOnRecord);

} // namespace
} // namespace reachable::records
