#include "app/demo_people.h"

#include <algorithm>

namespace reachable::app {
namespace {

/// How far a detention of the demonstration has come before the presenter begins.
enum class Reached { request_due, waiting, opened, part_answered, answered, live, changed };

/// One detention: who, where, how many minutes ago it began, and how far it came.
struct Told {
    const char* child; // a story child, or "child 12" of the invented ones
    const char* sergeant;
    const char* duty_worker;
    int minutes_ago;
    Reached reached;
};

constexpr const char* hale = "Sgt Hale";
constexpr const char* quill = "Sgt Quill";
constexpr const char* mills = "Sgt Mills";
constexpr const char* marsh = "Ellis Marsh";
constexpr const char* drew = "Drew Saltby";

constexpr Told detentions[] = {
    {"Kit", hale, marsh, 180, Reached::live},          {"Jay", hale, marsh, 150, Reached::part_answered},
    {"Ada", hale, marsh, 95, Reached::opened},         {"Rae", hale, marsh, 60, Reached::waiting},
    {"Noor", quill, marsh, 200, Reached::changed},     {"Lee", quill, marsh, 70, Reached::answered},
    {"Sam", mills, drew, 130, Reached::part_answered}, {"Sky", mills, drew, 20, Reached::waiting},
    {"child 1", hale, marsh, 9, Reached::request_due}, {"child 2", quill, marsh, 40, Reached::waiting},
    {"child 3", hale, marsh, 110, Reached::answered},  {"child 4", mills, drew, 240, Reached::live},
};

constexpr const char* offence = "Suspected of carrying drugs for somebody else";

/// Gives acts one after another, moving the clocks on the way.
class Teller {
  public:
    Teller(const casework::Desk& desk, DemoPeople& people) : desk_(desk), people_(people) {}

    Result<CaseId> act(const std::string& who, std::string_view type, std::string_view action, CaseId id, Json asked,
                       UtcTime at)
    {
        let_time_pass(at);
        const auto acted =
            casework::act(desk_, people_.sessions.at(who), RequestId::random(),
                          {.type = type, .action = std::string(action), .id = id, .asked = std::move(asked)}, at);
        if (!acted) return tl::unexpected<Problems>(acted.error());
        return acted->id;
    }

    void let_time_pass(UtcTime until)
    {
        while (const auto next = casework::next_tick(desk_)) {
            if (*next > until || casework::tick(desk_, *next) == 0) return;
        }
    }

  private:
    const casework::Desk& desk_;
    DemoPeople& people_;
};

Json answer(std::string_view question, std::string_view state, std::string_view words = {})
{
    auto item = Json::object();
    item.set("question", question).set("state", state);
    if (!words.empty()) item.set("words", words);
    return item;
}

Json first_answers()
{
    auto answers = Json::list();
    answers.add(answer("Q08", "given", "Autism. One instruction at a time; literal words"));
    answers.add(
        answer("Q09", "given",
               "A quiet room and dim light. Say what you will do before you do it. No touching without warning"));
    answers.add(answer("Q11", "yes", "Asthma: blue inhaler, with the child's property"));
    answers.add(answer("Q15", "given", "The older male arrested at the same flat: no contact, no cell nearby"));
    return Json::object().set("answers", std::move(answers));
}

Json other_answers()
{
    auto answers = Json::list();
    answers.add(answer("Q01", "yes", "Open to the adolescent team; worker on call tonight"));
    answers.add(answer("Q02", "given", "Lives at home; mother has parental responsibility"));
    answers.add(answer("Q03", "yes", "Child in need plan. School meals and an evening check-in call"));
    answers.add(answer("Q04", "given", "At home with mother and sister"));
    answers.add(answer("Q05", "no"));
    answers.add(answer("Q06", "yes", "Older males outside school since August; new trainers and a second phone"));
    answers.add(answer("Q07", "unknown"));
    answers.add(answer("Q10", "given", "English; no interpreter needed"));
    answers.add(answer("Q12", "no"));
    answers.add(answer("Q13", "not_recorded"));
    answers.add(answer("Q14", "given", "An aunt, by telephone through the duty desk"));
    answers.add(
        answer("Q16", "yes", "A debt was mentioned at school; loss of the phone could put the child in danger"));
    answers.add(answer("Q17", "unknown"));
    answers.add(answer("Q19", "no"));
    answers.add(answer("Q22", "given", "Duty desk rings at 09:00; strategy discussion asked for"));
    return Json::object().set("answers", std::move(answers));
}

Json all_lines()
{
    auto lines = Json::list();
    for (const auto* line : {"Q01", "Q02", "Q03", "Q04", "Q05", "Q06", "Q07", "Q08", "Q09", "Q10", "Q11", "Q12", "Q13",
                             "Q14", "Q15", "Q16", "Q17", "Q19", "Q22"})
        lines.add(Json::object().set("line", line));
    return Json::object().set("acknowledgements", std::move(lines));
}

/// One act of a detention, waiting for its turn among those of the others.
struct Scheduled {
    UtcTime at;
    std::size_t detention;
    std::string who;
    std::string_view action;
    Json asked;
};

void schedule(std::vector<Scheduled>& acts, const Told& told, std::size_t number, const DemoOptions& options,
              const DemoPeople& people, const std::map<std::string, ChildId>& children)
{
    const auto began = options.now - minutes{told.minutes_ago};
    const auto add = [&](int after, const char* who, std::string_view action, Json asked) {
        acts.push_back({began + minutes{after}, number, who, action, std::move(asked)});
    };
    auto booking = Json::object();
    booking.set("child", children.at(told.child).text())
        .set("name_given", "As on record")
        .set("custody_number", fmt::format("D{:04}", 100 + number))
        .set("authorised_at", to_iso(began));
    add(1, told.sergeant, "book_in", std::move(booking));
    if (told.reached == Reached::request_due) return;
    add(6, told.sergeant, "send_request",
        Json::object()
            .set("authority", people.sessions.at(told.duty_worker).agency.text())
            .set("offence", offence)
            .set("worry", "Will not say who gave the bag")
            .set("found_with", "A man of about 30")
            .set("arrest_place", "Quay Row, Saltby"));
    if (told.reached == Reached::waiting) return;
    add(12, told.duty_worker, "open_request", Json::object());
    if (told.reached == Reached::opened) return;
    add(25, told.duty_worker, "answer", first_answers());
    if (told.reached == Reached::part_answered) return;
    add(45, told.duty_worker, "answer", other_answers());
    if (told.reached == Reached::answered) return;
    add(52, told.sergeant, "acknowledge", all_lines());
    if (told.reached == Reached::live) return;
    auto news = Json::list();
    news.add(answer("Q11", "yes", "The inhaler was left at home; the nurse has a spare"));
    add(90, told.duty_worker, "answer", Json::object().set("answers", std::move(news)));
}

/// A flag of the demonstration: for whom, who proposes it, and who of the same organisation accepts it; nobody: it is
/// still being checked.
struct ToldFlag {
    const char* child;
    const char* proposer;
    const char* owner;
    const char* code;
    const char* words;
};

constexpr ToldFlag told_flags[] = {
    {"Kit", marsh, "Robin Teal", "COMMS", "Give one instruction at a time, in literal words, and say before you touch"},
    {"Kit", hale, "", "HEALTH", "Blue inhaler: keep it where Kit can ask for it at once"},
    {"Jay", marsh, "Robin Teal", "CCE_CON",
     "Found far from home with an adult who is no relative, three phones and cash"},
    {"Jay", hale, "", "DEBT", "Says that somebody will say Jay owes for what was seized"},
};

Result<> propose_flags(Teller& teller, const std::map<std::string, ChildId>& children, UtcTime now)
{
    for (const auto& told : told_flags) {
        if (!children.contains(told.child)) continue;
        auto asked = Json::object();
        asked.set("child", children.at(told.child).text())
            .set("code", told.code)
            .set("plain_words", told.words)
            .set("child_told", "yes");
        const auto id = TRY(teller.act(told.proposer, "flag", "propose", {}, std::move(asked), now - minutes{2}));
        if (std::string_view(told.owner).empty()) continue;
        TRY(teller.act(told.owner, "flag", "accept", id, Json::object(), now - minutes{1}));
    }
    return {};
}

/// A child who was found far from home: the encounter waits for children's services, and support is due.
Result<> record_an_encounter(Teller& teller, const DemoPeople& people, UtcTime now)
{
    const auto one = [](Json item) { return Json::list().add(std::move(item)); };
    const auto companion =
        Json::object().set("who", "A man, grey coat").set("age", "adult").set("relation", "unrelated");
    const auto seen = Json::object().set("words", "42 wraps in a bag by the door, three phones on the table, £610");
    const auto said = Json::object()
                          .set("words", "they'll say I owe for it")
                          .set("setting", "In the flat, to Officer Vale")
                          .set("language", "English");
    TRY(teller.act("Officer Vale", "encounter", "record", {},
                   Json::object()
                       .set("name_given", "Ash Sample")
                       .set("met_at", to_iso(now - minutes{30}))
                       .set("met_precision", "exact")
                       .set("kind", "found")
                       .set("place", "9 Quay Row, Saltby")
                       .set("distance", "over_50")
                       .set("lives_in", "Harbourne")
                       .set("lives_elsewhere", "yes")
                       .set("company", "with_others")
                       .set("companions", one(companion))
                       .set("signs", Json::list().add("drugs").add("phones").add("cash").add("debt"))
                       .set("seen", one(seen))
                       .set("child_said", one(said))
                       .set("where_now", "with_officers")
                       .set("authority", people.agencies.at("X06000001").id.text()),
                   now - minutes{1}));
    return {};
}

/// A child who is missing now: just reported by telephone, graded, and looked for.
Result<> report_a_missing_child(Teller& teller, const DemoPeople& people, UtcTime now)
{
    const auto one = [](Json item) { return Json::list().add(std::move(item)); };
    const auto id = TRY(
        teller.act("Pat Lind", "missing", "report", {},
                   Json::object()
                       .set("name_given", "Lee Sample")
                       .set("born_given", "2010-02-03")
                       .set("lives_where", "A foster home in Harbourne")
                       .set("last_seen_at", to_iso(now - minutes{200}))
                       .set("last_seen_where", "At home, by the foster carer; a black jacket and a red cap")
                       .set("worried", "He has a new telephone and will not say from whom. He took nothing with him")
                       .set("look_first", "The station, and his sister's. We rang her")
                       .set("reporter", "carer")
                       .set("missing_from", "foster")
                       .set("authority", people.agencies.at("X06000001").id.text()),
                   now - seconds{50}));
    TRY(teller.act("Noor Hart", "missing", "grade", id,
                   Json::object().set(
                       "grades", one(Json::object()
                                         .set("level", "medium")
                                         .set("considered", Json::list().add("in_care").add("phone_off"))
                                         .set("because", "His telephone is off, which is unlike him; he was seen well "
                                                         "this afternoon and has come back by himself before"))),
                   now - seconds{40}));
    TRY(teller.act("Noor Hart", "missing", "enquire", id,
                   Json::object().set("enquiries", one(Json::object()
                                                           .set("what", "Look at the cameras of the station")
                                                           .set("who", "Northmere response")
                                                           .set("due", to_iso(now + minutes{60})))),
                   now - seconds{30}));
    return {};
}

} // namespace

Result<> make_detentions(const casework::Desk& desk, const DemoOptions& options, DemoPeople& people,
                         const std::map<std::string, ChildId>& children)
{
    std::vector<Scheduled> acts;
    std::size_t number = 0;
    for (const auto& told : detentions)
        if (children.contains(told.child)) schedule(acts, told, number++, options, people, children);
    std::stable_sort(acts.begin(), acts.end(), [](const Scheduled& a, const Scheduled& b) { return a.at < b.at; });
    Teller teller(desk, people);
    std::map<std::size_t, CaseId> cases;
    for (auto& one : acts)
        cases[one.detention] =
            TRY(teller.act(one.who, "custody", one.action, cases[one.detention], std::move(one.asked), one.at));
    TRY(propose_flags(teller, children, options.now));
    TRY(record_an_encounter(teller, people, options.now));
    TRY(report_a_missing_child(teller, people, options.now));
    teller.let_time_pass(options.now);
    return {};
}

} // namespace reachable::app
