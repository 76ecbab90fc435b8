#include "derived/json_api.h"

#include <fmt/format.h>

namespace reachable::derived {

using namespace casework;

namespace {

namespace schema = api::schema;
using api::Operation;
using api::Place;

std::vector<schema::Code> codes_of(const Desk& desk, std::string_view list, CivilDate day)
{
    std::vector<schema::Code> codes;
    for (const auto* code : desk.lists.codes_on(list, day)) codes.push_back({code->code, code->label});
    return codes;
}

Json answer_state_schema(std::string_view label)
{
    std::vector<schema::Code> codes;
    using enum records::AnswerState;
    for (const auto state : {not_asked, yes, no, given, unknown, not_recorded, declined, cannot_share})
        codes.push_back({std::string(records::code_of(state)), std::string(records::words_for(state))});
    return schema::code(label, codes);
}

Json schema_of(const Desk& desk, const Field& field, CivilDate day)
{
    switch (field.kind) {
    case Kind::text: return schema::text(field.label, {.max_length = records::text_limit});
    case Kind::narrative: return schema::text(field.label, {.max_length = records::narrative_limit});
    case Kind::code: return schema::code(field.label, codes_of(desk, field.codes, day));
    case Kind::codes:
        return schema::array(field.label, schema::code("One of them", codes_of(desk, field.codes, day)), 50);
    case Kind::yes_no: return schema::boolean(field.label);
    case Kind::number: return schema::whole_number(field.label, 0, 1'000'000'000);
    case Kind::time: return schema::date_time(field.label);
    case Kind::day: return schema::date(field.label);
    case Kind::partial_day: return schema::partial_date(field.label);
    case Kind::answer_state: return answer_state_schema(field.label);
    case Kind::reference: return schema::id(field.label);
    case Kind::people: return schema::people(field.label, records::text_limit, records::most_named_people);
    }
    throw Bug("a field of no known kind");
}

enum class Direction { asked, seen };

Json schema_of(const Desk& desk, const Part& part, CivilDate day, Direction direction)
{
    std::vector<schema::Property> properties;
    for (const auto& field : part.fields)
        if (direction == Direction::seen || !field.is_noted)
            properties.push_back({std::string(field.name), schema_of(desk, field, day), field.name == part.key});
    return schema::array(part.label, schema::object(part.label, properties), 100);
}

Json request_of(const Desk& desk, const CaseType& type, const Action& action, CivilDate day)
{
    std::vector<schema::Property> properties;
    for (const auto& ask : asks_of(action)) {
        const auto* field = type.find_field(ask.name);
        auto json = field != nullptr ? schema_of(desk, *field, day)
                                     : schema_of(desk, *type.find_part(ask.name), day, Direction::asked);
        properties.push_back({std::string(ask.name), std::move(json), ask.is_required});
    }
    return schema::object(action.title, properties);
}

Json facts_of(const Desk& desk, const CaseType& type, CivilDate day)
{
    std::vector<schema::Property> properties;
    for (const auto& field : type.fields)
        properties.push_back({std::string(field.name), schema_of(desk, field, day), false});
    for (const auto& part : type.parts)
        properties.push_back({std::string(part.name), schema_of(desk, part, day, Direction::seen), false});
    return schema::object("The facts that may be seen; a fact that is absent was never recorded or is held back",
                          properties);
}

Json state_of(const CaseType& type)
{
    std::vector<schema::Code> states;
    for (const auto state : type.states) states.push_back({std::string(state), std::string(state)});
    return schema::code("Where the case stands", states);
}

std::vector<schema::Property> head_of(const CaseType& type)
{
    return {{"id", schema::id("The case")},
            {"type", schema::text("The kind of case", {.max_length = 40})},
            {"version", schema::whole_number("Rises with every act", 1, 1'000'000'000)},
            {"state", state_of(type)},
            {"opened_at", schema::date_time("When the case was opened")},
            {"changed_at", schema::date_time("When it last changed")}};
}

Json clock_schema()
{
    std::vector<schema::Code> standings;
    for (const auto* code : {"on_time", "due_soon", "overdue", "stopped_in_time", "stopped_late"})
        standings.push_back({code, code});
    return schema::object(
        "A clock",
        {{"code", schema::text("Which clock", {.max_length = 10})},
         {"instance", schema::whole_number("1 for the first; a second runs beside it", 1, 1000)},
         {"standing", schema::code("Where it stands", standings)},
         {"started_at", schema::date_time("Start")},
         {"due_at", schema::date_time("When the time is up")},
         {"stopped_at", schema::nullable(schema::date_time("When it stopped"))},
         {"breached_at", schema::nullable(schema::date_time(
                             "When it became late; taken back only where it turns out that it stopped in time"))},
         {"corrected_at", schema::nullable(schema::date_time("When it was found to count from a wrong time"))}});
}

Json child_schema()
{
    return schema::object("The child", {{"id", schema::id("The child's record")},
                                        {"name", schema::text("What the child likes to be called, or the name given")},
                                        {"born", schema::nullable(schema::partial_date("Date of birth"))}});
}

Json acted_schema(const CaseType& type)
{
    return schema::object("What the act led to",
                          {{"id", schema::id("The case")},
                           {"version", schema::whole_number("The new version", 1, 1'000'000'000)},
                           {"state", state_of(type)}});
}

Json seen_schema(const Desk& desk, const CaseType& type, CivilDate day)
{
    auto properties = head_of(type);
    // Who sees only what was released from a case is told nothing of how it goes.
    for (auto& property : properties) property.is_required = property.name == "id" || property.name == "type";
    properties.push_back({"child", child_schema(), false});
    properties.push_back({"facts", facts_of(desk, type, day)});
    properties.push_back({"held_back_count", schema::whole_number("How many facts you may not see", 0, 10'000), false});
    properties.push_back({"clocks", schema::array("Clocks", schema::reference("clock"), 100)});
    properties.push_back({"may", schema::array("What you may do now", schema::text("An action"), 100)});
    return schema::object(type.title, properties);
}

Json queue_schema(const CaseType& type)
{
    auto properties = head_of(type);
    properties.push_back({"clocks", schema::array("Clocks", schema::reference("clock"), 100)});
    return schema::object(
        "A queue", {{"cases", schema::array("Open cases, the clock that runs out first comes first",
                                            schema::object("A case", properties), 100)},
                    {"open_count",
                     schema::whole_number(
                         "Open cases, counted as far as 50 or the end of this page: one more means that there are more",
                         0, 1'000'000'000)},
                    {"overdue_count",
                     schema::whole_number("Those with a clock that ran out, counted likewise", 0, 1'000'000'000)}});
}

const api::Parameter purpose{.name = "Purpose",
                             .place = Place::header,
                             .description =
                                 "What you ask for this for, such as custody-safeguarding. It is never assumed.",
                             .is_required = true,
                             .schema = schema::text("A purpose code", {.max_length = 60})};
const api::Parameter case_id{.name = "id",
                             .place = Place::path,
                             .description = "The case",
                             .is_required = true,
                             .schema = schema::id("The case")};

/// Something that is done: to a new case, or to the one in the path.
Operation operation_of(const CaseType& type, std::string_view action, std::string_view title, bool opens, Json request)
{
    Operation operation{.method = "post",
                        .path = opens ? fmt::format("/{}", type.name) : fmt::format("/{}/{{id}}/{}", type.name, action),
                        .operation_id = fmt::format("{}_{}", type.name, action),
                        .summary = std::string(title),
                        .tags = {std::string(type.name)},
                        .parameters = {purpose},
                        .request = std::move(request),
                        .responses = {{.status = opens ? 201 : 200,
                                       .description = "Done, and durable",
                                       .schema = schema::reference(fmt::format("{}_acted", type.name)),
                                       .has_etag = true}},
                        .takes_idempotency_key = true,
                        .needs_if_match = !opens};
    if (!opens) operation.parameters.push_back(case_id);
    return operation;
}

/// The one action that is not in the table: it sets one field right.
Operation describe_correction(const CaseType& type)
{
    std::vector<schema::Code> fields;
    for (const auto& field : type.fields)
        if (type.may_be_corrected(field.name)) fields.push_back({std::string(field.name), std::string(field.label)});
    constexpr auto form = "What is right, in the form the field has; null empties it where it may be empty";
    auto request =
        schema::object("A correction", {{"field", schema::code("Which field", fields)},
                                        {"value", Json::object().set("description", form)},
                                        {"reason", schema::text("Why", {.max_length = records::text_limit})}});
    auto operation = operation_of(type, correct_action, "Correct one field", false, std::move(request));
    operation.description = "What stood before stays readable in its version. The conditions of the actions that ask "
                            "for the field are asked again.";
    return operation;
}

api::Parameter in_query(std::string name, std::string description, Json schema)
{
    return {.name = std::move(name), .description = std::move(description), .schema = std::move(schema)};
}

void describe_looks(api::ApiDescription& api, const CaseType& type)
{
    const std::string name(type.name);
    api.operations.push_back(
        {.method = "get",
         .path = "/" + name,
         .operation_id = name + "_list",
         .summary = "See your queue",
         .tags = {name},
         .parameters = {purpose,
                        in_query("side", "\"asked\": what your desk was asked; otherwise your own cases",
                                 schema::text("own or asked", {.max_length = 10})),
                        in_query("skip", "How many to pass over", schema::whole_number("How many", 0, 1'000'000))},
         .responses = {{.description = "The queue", .schema = schema::reference(name + "_queue")}}});
    api.operations.push_back(
        {.method = "get",
         .path = "/" + name + "/{id}",
         .operation_id = name + "_see",
         .summary = "See a case",
         .tags = {name},
         .parameters = {purpose, case_id,
                        in_query("version", "As it stood in that version",
                                 schema::whole_number("A version", 1, 1'000'000'000)),
                        in_query("as_at", "As it stood at that moment", schema::date_time("A moment"))},
         .responses = {{.description = "The case, as far as you may see it",
                        .schema = schema::reference(name),
                        .has_etag = true}}});
}

} // namespace

api::ApiDescription describe_api(const Desk& desk, std::string version, CivilDate day)
{
    api::ApiDescription api{.title = "Reachable",
                            .version = std::move(version),
                            .description = "One safeguarding record for every child the police meet. Every call is "
                                           "decided by policy and stands in the audit.",
                            .server_url = "/api/v1"};
    api.schemas.emplace_back("clock", clock_schema());
    for (const auto* type : desk.types) {
        const std::string name(type->name);
        api.tags.push_back({name, std::string(type->title)});
        api.schemas.emplace_back(name, seen_schema(desk, *type, day));
        api.schemas.emplace_back(name + "_acted", acted_schema(*type));
        api.schemas.emplace_back(name + "_queue", queue_schema(*type));
        for (const auto& action : type->actions)
            if (action.who.count != 1 || !action.who.has(Role::system)) // else the service's own
                api.operations.push_back(operation_of(*type, action.name, action.title, action.opens(),
                                                      request_of(desk, *type, action, day)));
        if (type->may_correct.count > 0) api.operations.push_back(describe_correction(*type));
        describe_looks(api, *type);
    }
    return api;
}

} // namespace reachable::derived
