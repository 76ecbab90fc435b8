// The box around one question: its label or legend, hint, error and input. Every form component is built from these.
#pragma once

#include <optional>
#include <string>

#include "web/components/error_message.h"
#include "web/components/hint.h"
#include "web/components/shared.h"

namespace reachable::web {

struct FormGroup {
    Classes classes = {};
    Attributes attributes = {};
    Content before_input = {}; // beside the input, before it; before all of them where there are several
    Content after_input = {};
};

/// The whole group around `inside`, marked when the answer has an error.
Html in_form_group(const FormGroup& group, bool has_error, const Html& inside);

/// A hint and an error, written out, and every id that the input's aria-describedby must name.
struct Notes {
    Html html;
    std::string described_by;
};

/// Gives the hint the id "<id>-hint" and the error "<id>-error"; their ids follow those of `described_by`.
Notes notes_for(const std::string& id, const std::optional<Hint>& hint, const std::optional<ErrorMessage>& error,
                std::string described_by);

} // namespace reachable::web
