#pragma once

#include <QWidget>

#include "desktop/session/sheet_printer.h"
#include "desktop/session/workspace.h"
#include "desktop/tools/frame_tool.h"

class QButtonGroup;
class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLineEdit;
class QPushButton;
class QRadioButton;
class QSpinBox;

namespace zonewright::desktop {

/// What a sheet is to be: theme, paper, extent, scale, texts, and whether it is an atlas.
class SheetForm : public QWidget {
    Q_OBJECT
public:
    explicit SheetForm(Workspace& workspace, QWidget* parent = nullptr);

    [[nodiscard]] Sheet sheet() const;
    [[nodiscard]] double dpi() const;
    [[nodiscard]] bool isAtlas() const;
    /// Of the paper chosen, in millimetres; empty when a template from a file has not been drawn yet.
    [[nodiscard]] QSizeF paper() const;
    /// A name for the file, without suffix.
    [[nodiscard]] QString fileName() const;

    /// What the sheet says where nothing is filled in.
    void showPlanText(const cartographer::SheetText& text);
    /// Charts that the plan keeps, one of which may stand on the sheet.
    void showCharts(const std::vector<analysis::Chart>& charts);
    /// What came of the choice: the frame on the map that the sheet shows.
    void showFrame(const SheetFrame& frame);
    [[nodiscard]] const std::optional<SheetFrame>& shownFrame() const { return mShown; }
    /// The extent is this from now on.
    void place(const SheetFrame& frame);

signals:
    void changed();
    void placeWanted();  ///< the frame is to be placed by hand

private:
    enum class Extent { Whole, View, Frame };

    void build();
    void connectAll();
    void say();
    void fillThemes();
    void fillPapers();
    void fillTemplates();
    void fillScales();
    void fillAtlas();
    void chooseTemplateFile();
    void scaleChosen();
    void settle();
    [[nodiscard]] const cartographer::LayoutInfo* layout() const;
    [[nodiscard]] Extent extent() const;
    [[nodiscard]] QString titleOfTheme() const;

    Workspace& mWorkspace;
    QComboBox* mTheme;
    QComboBox* mLanguage;
    QComboBox* mPaper;
    QRadioButton* mLandscape;
    QRadioButton* mPortrait;
    QComboBox* mTemplate;
    QComboBox* mExtent;
    QComboBox* mScale;
    QDoubleSpinBox* mRotation;
    QPushButton* mPlace;
    QLineEdit* mTitle;
    QLineEdit* mOffice;
    QLineEdit* mDate;
    QLineEdit* mNumber;
    QComboBox* mChart;
    QCheckBox* mAtlas;
    QComboBox* mOver;
    QSpinBox* mDpi;
    std::optional<double> mScaleChosen;
    std::optional<SheetFrame> mPlaced;
    std::optional<SheetFrame> mShown;
    std::vector<analysis::Chart> mCharts;
    QStringList mFiles;  ///< templates chosen from files
    bool mFilling = false;
};

}  // namespace zonewright::desktop
