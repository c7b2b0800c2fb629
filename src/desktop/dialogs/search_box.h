#pragma once

#include <functional>
#include <memory>

#include <QFrame>
#include <QThreadPool>

#include "desktop/session/name_index.h"
#include "desktop/session/workspace.h"

class QLineEdit;
class QListWidget;

namespace zonewright::desktop {

/// One line over the map that finds features and places by name, code, pinyin or initials, coordinates, and commands.
class SearchBox : public QFrame {
    Q_OBJECT
public:
    explicit SearchBox(Workspace& workspace);
    ~SearchBox() override;

    void open();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void readNames();
    void readCommands();
    void search();
    void show(const QString& query, std::vector<Named> features);
    void addRow(const QString& iconName, const QString& title, const QString& detail, std::function<void()> run);
    void addPlace(const QString& query);
    void addCommands(const QString& query);
    void run();
    void goTo(const FeatureRef& feature);

    Workspace& mWorkspace;
    QThreadPool mThread;
    QLineEdit* mLine;
    QListWidget* mList;
    std::shared_ptr<const NameIndex> mNames;
    std::vector<std::pair<Named, QString>> mCommands;  ///< with their ids
    std::vector<std::function<void()>> mRuns;          ///< of the rows
    bool mStale = true;
    bool mReading = false;
    std::uint64_t mQuestion = 0;
};

}  // namespace zonewright::desktop
