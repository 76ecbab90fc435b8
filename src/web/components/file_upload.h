// A box to choose a file from the device. Say types and size in the hint, before the person chooses.
#pragma once

#include <optional>
#include <string>

#include "web/components/form_group.h"
#include "web/components/label.h"
#include "web/components/script_messages.h"

namespace reachable::web {

struct FileUpload {
    std::string name = {};
    std::string id = {}; // the name when empty
    bool disabled = false;
    bool multiple = false;
    std::string described_by = {};
    Label label = {};
    std::optional<Hint> hint = {};
    std::optional<ErrorMessage> error_message = {};
    FormGroup form_group = {};
    bool javascript = false; // lets script turn it into a drop zone
    std::string choose_files_button_text = {};
    std::string drop_instruction_text = {};
    PluralMessages multiple_files_chosen_text = {};
    std::string no_file_chosen_text = {};
    std::string entered_drop_zone_text = {};
    std::string left_drop_zone_text = {};
    Classes wrapper_classes = {};
    Attributes wrapper_attributes = {};
    Classes classes = {};
    Attributes attributes = {};
};

Html render(const FileUpload& upload);

} // namespace reachable::web
