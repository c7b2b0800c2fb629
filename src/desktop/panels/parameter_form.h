#pragma once

#include <functional>
#include <memory>
#include <vector>

#include <QWidget>

#include "core/analysis/execution.h"
#include "desktop/session/workspace.h"

class QFormLayout;
class QLabel;
class QToolButton;

namespace zonewright::desktop {

/// A form made from what a module declares: a fitting field for each parameter with unit, range, default and help; layers
/// and columns are offered from the plan. What is typed is held to the declaration at once.
class ParameterForm : public QWidget {
    Q_OBJECT
public:
    ParameterForm(Workspace& workspace, const analysis::Module& module, QWidget* parent = nullptr);

    /// What differs from the defaults.
    [[nodiscard]] analysis::Assignments assignments() const;
    void setAssignments(const analysis::Assignments& assignments);
    void reset() { setAssignments({}); }
    /// What cannot be run so, in the user's language; empty when all is well.
    [[nodiscard]] QString problem() const;

signals:
    void changed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Field {
        const analysis::Parameter* parameter = nullptr;
        QWidget* editor = nullptr;
        std::function<QString()> get;
        std::function<void(const QString&)> set;
    };
    void add(const analysis::Parameter& parameter, QFormLayout& form);
    Field editorOf(const analysis::Parameter& parameter);
    Field spinOf(const analysis::Parameter& parameter);
    Field choiceOf(const analysis::Parameter& parameter);
    Field layerOf(const analysis::Parameter& parameter);
    Field fieldOf(const analysis::Parameter& parameter);
    Field lineOf(const analysis::Parameter& parameter);
    void fillFields();
    void showHelp(const analysis::Parameter& parameter);
    [[nodiscard]] QString valueOf(const std::string& parameter) const;

    Workspace& mWorkspace;
    std::unique_ptr<analysis::Run> mRun;  ///< what the declaration is bound to
    analysis::ParameterSet mDeclared;
    std::vector<Field> mFields;
    QLabel* mHelp;
    QToolButton* mFold = nullptr;
};

}  // namespace zonewright::desktop
