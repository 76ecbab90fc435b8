#include "capabilities/measures/report.h"

#include "clocks/london.h"

#include <fmt/format.h>
#include <functional>
#include <numeric>

namespace reachable::measures {
namespace {

using Episodes = std::vector<EpisodeGroup>;
using Interviews = std::vector<InterviewGroup>;
using OfEpisode = std::function<bool(const EpisodeGroup&)>;
using OfInterview = std::function<bool(const InterviewGroup&)>;

/// A group by which something is divided: its label, and what belongs to it.
template <class Group>
struct Class {
    std::string label;
    std::function<bool(const Group&)> has;
};
template <class Group>
using Classes = std::vector<Class<Group>>;

template <class Group>
std::int64_t count_of(const std::vector<Group>& groups, const std::function<bool(const Group&)>& has)
{
    std::int64_t count = 0;
    for (const auto& one : groups)
        if (has(one)) count += one.count;
    return count;
}

template <class Group>
Divided divide(const std::vector<Group>& groups, const Classes<Group>& classes)
{
    Divided counts;
    for (const auto& one : classes) counts.push_back(count_of<Group>(groups, one.has));
    return counts;
}

template <class Group>
std::vector<Group> only(const std::vector<Group>& groups, const std::function<bool(const Group&)>& has)
{
    std::vector<Group> some;
    for (const auto& one : groups)
        if (has(one)) some.push_back(one);
    return some;
}

Figure figure_of(const ToldCount& count, const ToldCount& base)
{
    return {count, told_share(count, base)};
}

/// Everything that a report is made of, and by what it is told.
class Report {
  public:
    Report(storage::Transaction& transaction, const casework::Desk& desk, const Quarter& quarter, AgencyId force,
           UtcTime now)
        : transaction_(transaction), desk_(desk), day_(clocks::london_day(now)),
          step_(force.is_none() ? rounded_for_all : rounded_here), is_of_all_(force.is_none()),
          episodes_(episodes_in(transaction, period_of(quarter), force)),
          interviews_(interviews_in(transaction, period_of(quarter), force))
    {
    }

    std::vector<Measure> all()
    {
        add_of_all_absences();
        add_of_some("regraded", only<EpisodeGroup>(episodes_, [](const auto& one) { return !one.level.empty(); }),
                    {{"The level was changed", [](const auto& one) { return one.was_regraded; }},
                     {"The first level held", [](const auto& one) { return !one.was_regraded; }}});
        add_of_some("distance", only<EpisodeGroup>(episodes_, [](const auto& one) { return one.is_over; }),
                    distances());
        add_of_some("barriers", only<EpisodeGroup>(episodes_, [](const auto& one) { return !one.barrier.empty(); }),
                    by_code("missing.barriers", [](const auto& one) { return one.barrier; }));
        add_of_all_interviews();
        return std::move(measures_);
    }

  private:
    std::string group_label(std::string_view code)
    {
        return std::string(desk_.lists.label_of("measures.groups", code));
    }

    Classes<EpisodeGroup> by_code(std::string_view list, const std::function<std::string(const EpisodeGroup&)>& of)
    {
        Classes<EpisodeGroup> classes;
        for (const auto* code : desk_.lists.codes_on(list, day_))
            classes.push_back({code->label, [code = code->code, of](const auto& one) { return of(one) == code; }});
        return classes;
    }
    Classes<EpisodeGroup> levels()
    {
        auto classes = by_code("missing.levels", [](const auto& one) { return one.level; });
        classes.push_back({group_label("not_graded"), [](const auto& one) { return one.level.empty(); }});
        return classes;
    }
    Classes<EpisodeGroup> distances()
    {
        auto classes = by_code("encounters.distances", [](const auto& one) { return one.distance; });
        classes.push_back({group_label("distance_not_recorded"), [](const auto& one) { return one.distance.empty(); }});
        return classes;
    }
    Classes<EpisodeGroup> care()
    {
        Classes<EpisodeGroup> classes;
        for (const char* code : {"in_care", "not_in_care", "care_not_known"})
            classes.push_back({group_label(code), [code](const auto& one) { return one.care == code; }});
        return classes;
    }
    /// R-O-02: "missing ethnicity is itself a measure".
    Classes<EpisodeGroup> ethnicities()
    {
        Classes<EpisodeGroup> classes;
        for (const char* code : {"A", "B", "M", "O", "W", "N"})
            classes.push_back({group_label(fmt::format("ethnicity_{}", code)),
                               [code](const auto& one) { return one.ethnicity == code; }});
        classes.push_back({group_label("ethnicity_not_asked"), [](const auto& one) { return one.ethnicity.empty(); }});
        return classes;
    }
    Classes<EpisodeGroup> profiles()
    {
        Classes<EpisodeGroup> classes;
        for (const char* code : {"current", "out_of_date", "none"})
            classes.push_back({group_label(fmt::format("profile_{}", code)),
                               [code](const auto& one) { return one.profile == code; }});
        classes.push_back({"Nobody reported it", [](const auto& one) { return one.profile.empty(); }});
        return classes;
    }
    Classes<EpisodeGroup> forces()
    {
        Classes<EpisodeGroup> classes;
        for (const auto& force : accounts::list_agencies(transaction_, accounts::AgencyKind::police_force))
            classes.push_back({force.name, [id = force.id](const auto& one) { return one.force == id; }});
        return classes;
    }
    Classes<InterviewGroup> by_group(std::initializer_list<const char*> codes,
                                     const std::function<std::string(const InterviewGroup&)>& of)
    {
        Classes<InterviewGroup> classes;
        for (const char* code : codes)
            classes.push_back({group_label(code), [code, of](const auto& one) { return of(one) == code; }});
        return classes;
    }
    /// R-B-11: who reports or holds much is ranked nowhere. In the order of names.
    Classes<InterviewGroup> providers()
    {
        std::map<std::string, AgencyId> names;
        for (const auto& one : interviews_)
            if (const auto agency = accounts::find_agency(transaction_, one.provider)) names[agency->name] = agency->id;
        Classes<InterviewGroup> classes;
        for (const auto& [name, id] : names)
            classes.push_back({name, [id = id](const auto& one) { return one.provider == id; }});
        return classes;
    }

    void add_divided(std::string code, const Classes<EpisodeGroup>& classes, const std::vector<ToldCount>& cells,
                     const ToldCount& base)
    {
        Measure measure{.code = std::move(code), .headings = {"Absences"}, .rows = {}};
        for (std::size_t i = 0; i < classes.size(); ++i)
            measure.rows.push_back({classes[i].label, {figure_of(cells[i], base)}});
        measure.rows.push_back({"Of these, all", {{base, {}}}});
        measures_.push_back(std::move(measure));
    }

    /// The same absences, divided in several ways: told together, so that none comes out of another.
    void add_of_all_absences()
    {
        const Classes<EpisodeGroup> reporting{
            {"Reported", [](const auto& one) { return one.was_reported; }},
            {"Nobody reported it", [](const auto& one) { return !one.was_reported; }}};
        const Classes<EpisodeGroup> repeats{
            {"Missing again within 90 days", [](const auto& one) { return one.is_repeat; }},
            {"Not within 90 days", [](const auto& one) { return !one.is_repeat; }}};
        std::vector<Divided> ways{divide(episodes_, reporting), divide(episodes_, levels()), divide(episodes_, repeats),
                                  divide(episodes_, care()), divide(episodes_, profiles())};
        // Of one force the rows would be of so few that the ways across each other tell of them.
        if (is_of_all_) {
            ways.push_back(divide(episodes_, forces()));
            ways.push_back(divide(episodes_, ethnicities()));
        }
        const auto told = told_together(ways, step_);
        add_divided("reporting", reporting, told.cells[0], told.total);
        add_divided("levels", levels(), told.cells[1], told.total);
        add_divided("repeats", repeats, told.cells[2], told.total);
        add_rows_by_level("levels_by_care", care(), told.cells[3]);
        add_divided("profiles", profiles(), told.cells[4], told.total);
        if (!is_of_all_) return;
        add_rows_by_level("levels_by_force", forces(), told.cells[5]);
        add_rows_by_level("levels_by_ethnicity", ethnicities(), told.cells[6]);
    }
    void add_of_all_interviews()
    {
        const auto ages =
            by_group({"under_12", "12_14", "15_17", "age_not_known"}, [](const auto& one) { return one.age; });
        const auto areas =
            by_group({"in_area", "out_of_area", "area_not_known"}, [](const auto& one) { return one.area; });
        const auto held_by = providers();
        const auto told = told_together(
            std::vector<Divided>{divide(interviews_, ages), divide(interviews_, areas), divide(interviews_, held_by)},
            step_);
        add_interviews("interviews", {{"All", [](const auto&) { return true; }}}, {told.total});
        add_interviews("interviews_by_age", ages, told.cells[0]);
        add_interviews("interviews_by_area", areas, told.cells[1]);
        add_interviews("interviews_by_provider", held_by, told.cells[2]);
    }

    void add_of_some(std::string code, const Episodes& some, const Classes<EpisodeGroup>& classes)
    {
        const auto told = told_together(std::vector<Divided>{divide(some, classes)}, step_);
        add_divided(std::move(code), classes, told.cells[0], told.total);
    }

    /// `bases`: how many are in each group, as that is told. Of a group of which it is not, nothing is told.
    void add_rows_by_level(std::string code, const Classes<EpisodeGroup>& groups, const std::vector<ToldCount>& bases)
    {
        Measure measure{.code = std::move(code), .headings = {"Absences"}, .rows = {}};
        const auto divided = levels();
        for (const auto& one : divided) measure.headings.push_back(one.label);
        for (std::size_t i = 0; i < groups.size(); ++i) {
            const auto told = told_together(
                std::vector<Divided>{divide(only<EpisodeGroup>(episodes_, groups[i].has), divided)}, step_);
            MeasuredRow row{groups[i].label, {{bases[i], {}}}};
            for (const auto& cell : told.cells[0])
                row.figures.push_back(bases[i] && told.total ? figure_of(cell, told.total) : Figure{});
            measure.rows.push_back(std::move(row));
        }
        measures_.push_back(std::move(measure));
    }

    void add_interviews(std::string code, const Classes<InterviewGroup>& groups, const std::vector<ToldCount>& bases)
    {
        static const Classes<InterviewGroup> steps{
            {"Offered", [](const auto& one) { return one.was_offered; }},
            {"Accepted", [](const auto& one) { return one.was_accepted; }},
            {"Held", [](const auto& one) { return one.was_held; }},
            {"Within 72 hours", [](const auto& one) { return one.is_in_72_hours; }},
            {"Shared", [](const auto& one) { return one.is_shared; }},
            {"Acted on", [](const auto& one) { return one.is_acted_upon; }}};
        Measure measure{.code = std::move(code), .headings = {"Due"}, .rows = {}};
        for (const auto& one : steps) measure.headings.push_back(one.label);
        for (std::size_t i = 0; i < groups.size(); ++i) {
            const auto some = only<InterviewGroup>(interviews_, groups[i].has);
            const auto due = count_of<InterviewGroup>(some, [](const auto&) { return true; });
            // Each step divides those that are due in two: who comes out of the one comes out of the other.
            std::vector<Divided> ways;
            for (const auto& one : steps) {
                const auto count = count_of<InterviewGroup>(some, one.has);
                ways.push_back({count, due - count});
            }
            const auto told = told_together(ways, step_);
            MeasuredRow row{groups[i].label, {{bases[i], {}}}};
            for (const auto& cells : told.cells)
                row.figures.push_back(bases[i] && told.total ? figure_of(cells[0], told.total) : Figure{});
            measure.rows.push_back(std::move(row));
        }
        measures_.push_back(std::move(measure));
    }

    storage::Transaction& transaction_;
    const casework::Desk& desk_;
    CivilDate day_;
    std::int64_t step_;
    bool is_of_all_;
    Episodes episodes_;
    Interviews interviews_;
    std::vector<Measure> measures_;
};

} // namespace

std::vector<Measure> measures_of(storage::Transaction& transaction, const casework::Desk& desk, const Quarter& quarter,
                                 AgencyId force, UtcTime now)
{
    return Report(transaction, desk, quarter, force, now).all();
}

} // namespace reachable::measures
