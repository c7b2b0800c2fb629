#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QTableView>

#include "desktop/desk.h"
#include "desktop/models/feature_table_model.h"

namespace zonewright::desktop {
namespace {

/// The attribute table over the towns of the sample plan.
class AttributeTable : public Desk {
protected:
    void open() {
        openPlan();
        window->showPanel(QStringLiteral("table"));
        auto* layer = window->findChild<QComboBox*>(QStringLiteral("table.layer"));
        ASSERT_TRUE(eventually([&] { return layer->findData(QStringLiteral("towns")) >= 0; }));
        layer->setCurrentIndex(layer->findData(QStringLiteral("towns")));
        emit layer->activated(layer->currentIndex());
        view = window->findChild<QTableView*>(QStringLiteral("table.view"));
        model = qobject_cast<FeatureTableModel*>(view->model());
        ASSERT_TRUE(eventually([&] { return model->layer() == "towns" && model->rowCount() > 0; }));
        name = columnOf("name");
        ASSERT_TRUE(filled());
    }
    [[nodiscard]] int columnOf(const char* field) const {
        for (int i = 0; i < model->columnCount(); ++i) {
            if (model->fieldAt(i) != nullptr && model->fieldAt(i)->name == field) return i;
        }
        return -1;
    }
    [[nodiscard]] QString cell(int row, int column) const { return model->index(row, column).data().toString(); }
    [[nodiscard]] bool filled() {
        return eventually([&] { return model->rowCount() == 0 || (cell(0, name) != QStringLiteral("…") && cell(model->rowCount() - 1, name) != QStringLiteral("…")); });
    }
    QTableView* view = nullptr;
    FeatureTableModel* model = nullptr;
    int name = -1;
};

TEST_F(AttributeTable, RowsAreSortedByAColumnBothWays) {
    open();
    const int rows = model->rowCount();
    for (const Qt::SortOrder order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
        QSignalSpy listed(model, &FeatureTableModel::listed);
        view->sortByColumn(name, order);
        ASSERT_TRUE(listed.wait(kPatience));
        ASSERT_TRUE(filled());
        EXPECT_EQ(model->rowCount(), rows);
        for (int i = 1; i < rows; ++i) {
            const std::string a = cell(i - 1, name).toStdString();
            const std::string b = cell(i, name).toStdString();
            EXPECT_TRUE(order == Qt::AscendingOrder ? a <= b : b <= a) << a << " " << b;
        }
    }
}

TEST_F(AttributeTable, TheFilterKeepsRowsThatHaveTheWords) {
    open();
    const QString wanted = cell(2, name);
    const int rows = model->rowCount();
    auto* filter = window->findChild<QLineEdit*>(QStringLiteral("table.filter"));
    filter->setText(wanted);
    ASSERT_TRUE(eventually([&] { return model->rowCount() < rows; }));
    ASSERT_TRUE(filled());
    EXPECT_EQ(cell(0, name), wanted);
    filter->setText(QStringLiteral("%' OR 1 --"));
    EXPECT_TRUE(eventually([&] { return model->rowCount() == 0; })) << "words are words";
    filter->clear();
    EXPECT_TRUE(eventually([&] { return model->rowCount() == rows; }));
}

TEST_F(AttributeTable, RowsAndMapShareTheSelectionBothWays) {
    open();
    view->selectRow(1);
    ASSERT_EQ(window->selection().features().size(), 1u);
    EXPECT_EQ(window->selection().features().front(), model->featureAt(1));
    window->selection().set({model->featureAt(3)});
    EXPECT_TRUE(eventually([&] { return view->selectionModel()->isRowSelected(3, {}); }));
    auto* only = window->findChild<QCheckBox*>(QStringLiteral("table.only"));
    only->setChecked(true);
    EXPECT_TRUE(eventually([&] { return model->rowCount() == 1; }));
}

TEST_F(AttributeTable, ACellIsEditedAsOneChangeAndARefusedOneStays) {
    open();
    const FeatureRef feature = model->featureAt(0);
    const QModelIndex index = model->index(0, name);
    view->setCurrentIndex(index);
    view->edit(index);
    auto* editor = view->viewport()->findChild<QLineEdit*>();
    ASSERT_NE(editor, nullptr);
    editor->setText(QStringLiteral("新名"));
    QTest::keyClick(editor, Qt::Key_Return);
    ASSERT_TRUE(eventually([&] { return window->document().pending() == 0 && model->rowOf(feature.fid) >= 0 && cell(model->rowOf(feature.fid), name) == QStringLiteral("新名"); }))
        << window->message().toStdString();
    ASSERT_TRUE(eventually([&] { return window->document().nextUndo().has_value(); }));
    // A required value cannot be emptied.
    model->setData(model->index(model->rowOf(feature.fid), name), QString(), Qt::EditRole);
    ASSERT_TRUE(eventually([&] { return window->document().pending() == 0; }));
    EXPECT_TRUE(eventually([&] { return !window->message().isEmpty(); }));
    EXPECT_EQ(cell(model->rowOf(feature.fid), name), QStringLiteral("新名"));
}

}  // namespace
}  // namespace zonewright::desktop
