#include "capabilities/custody/held.h"

#include "capabilities/custody/rules.h"
#include "casework/case_store.h"

namespace reachable::custody {
namespace {

using policy::Category;
using policy::FieldClass;
using policy::Label;

template <class Item>
FieldClass as_noted(const void* held)
{
    const auto& item = *static_cast<const Item*>(held);
    FieldClass as{Category::safety_summary, Label::sensitive};
    for (std::size_t i = 0; i < policy::category_count; ++i)
        if (policy::code_of(static_cast<Category>(i)) == item.category) as.category = static_cast<Category>(i);
    for (const auto label : {Label::open, Label::personal, Label::sensitive, Label::restricted, Label::sealed})
        if (policy::code_of(label) == item.label) as.label = label;
    return as;
}

/// The question whether the person who acts may read a case.
policy::Request reading(const Context& context, CaseId id)
{
    return casework::policy_request(context.desk, context.transaction, conversation_type(),
                                    casework::load_head(context.transaction, id), context.session, "read", context.now);
}

} // namespace

FieldClass class_of_answer(const void* item)
{
    return as_noted<Answer>(item);
}

FieldClass class_of_acknowledgement(const void* item)
{
    return as_noted<Acknowledgement>(item);
}

FieldClass class_of_asking_again(const void* item)
{
    return as_noted<AskAgain>(item);
}

FieldClass class_of_acceptance(const void* item)
{
    return as_noted<AcceptedLine>(item);
}

FieldClass class_of_release_line(const void* item)
{
    return as_noted<ReleaseLine>(item);
}

FieldClass class_of_pass_back(const void*)
{
    return {Category::referral, Label::sensitive};
}

FieldClass released_to_investigation(const void* item)
{
    const auto& answer = *static_cast<const Answer*>(item);
    if (answer.may_go_to_investigation.value_or(false)) return {Category::crime, Label::sensitive};
    return class_of_answer(item);
}

ShownAnswers::ShownAnswers(const Context& context)
    : policy_(context.desk.policy), asked_(reading(context, context.case_id))
{
}

const Answer* ShownAnswers::find(const Conversation& facts, std::string_view question)
{
    const auto* answer = find_answer(facts, question);
    if (answer == nullptr) return nullptr;
    asked_.fields = {class_of_answer(answer)};
    const auto decision = policy_.decide(asked_);
    return decision.is_allowed && decision.fields.front() >= policy::Show::generalise ? answer : nullptr;
}

bool is_open_to(const Context& context, CaseId other)
{
    return context.desk.policy.decide(reading(context, other)).is_allowed;
}

} // namespace reachable::custody
