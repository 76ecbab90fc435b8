// How closely each answer is held, and with it all that is said about the answer: that it was read, that the child was
// asked again. Who may not see an answer learns from neither that there is one.
#pragma once

#include "capabilities/custody/conversation.h"
#include "policy/policy.h"

namespace reachable::custody {

/// As the question was held when the answer was given; like the safety summary where that is not noted.
policy::FieldClass class_of_answer(const void* item);
policy::FieldClass class_of_acknowledgement(const void* item);
policy::FieldClass class_of_asking_again(const void* item);
policy::FieldClass class_of_acceptance(const void* item);
/// As its topic was held when it was written.
policy::FieldClass class_of_release_line(const void* item);
/// It says whether the child was referred as a victim, so it is held like a referral: custody and children's services
/// see it, a detention officer does not.
policy::FieldClass class_of_pass_back(const void* item);
/// R-D-06: "investigators see only the lines marked shareable".
policy::FieldClass released_to_investigation(const void* item);

/// News of the appropriate adult, and that it was read.
inline constexpr policy::FieldClass class_of_adult{policy::Category::custody, policy::Label::personal};
/// A new fact, and that it was read.
inline constexpr policy::FieldClass class_of_added_fact{policy::Category::health, policy::Label::sensitive};

/// The answers that the person who acts may see in this case.
class ShownAnswers {
  public:
    explicit ShownAnswers(const Context& context);
    /// None: there is no answer, or it is held back; the caller cannot tell which.
    const Answer* find(const Conversation& facts, std::string_view question);

  private:
    const policy::Policy& policy_;
    policy::Request asked_;
};

/// A detention that is closed to the person who acts (their own family, say) is not there for them.
bool is_open_to(const Context& context, CaseId other);

} // namespace reachable::custody
