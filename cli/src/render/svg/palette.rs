//! The colours of pictures, light and dark as the reader has it, and the fonts.

/// The style sheet that every picture begins with. Contrast of text is 4.5 to 1 or more in both
/// forms; nothing is told by colour alone.
pub(crate) const STYLE: &str = "\
svg{--page:#fff;--ink:#1c2733;--soft:#51606f;--line:#8a98a6;--card:#f5f7f9;--edge:#c3ccd4;--mark:#0b6e99;--mild:#d9ecf5;\
--warn:#a34700;--warm:#fbe3d0;\
font-family:'Segoe UI','Helvetica Neue',Arial,'Liberation Sans','DejaVu Sans',sans-serif}\
@media (prefers-color-scheme:dark){svg{--page:#14191f;--ink:#e8edf2;--soft:#a9b6c2;--line:#74828f;--card:#1f2730;\
--edge:#44515d;--mark:#5bb8e0;--mild:#1d3d4d;--warn:#f0a868;--warm:#4a2f18}}\
@media print{svg{--page:#fff;--ink:#000;--soft:#333;--line:#666;--card:#fff;--edge:#888;--mark:#000;--mild:#e4e4e4;\
--warn:#000;--warm:#ccc}}\
.page{fill:var(--page)}text{fill:var(--ink)}.soft{fill:var(--soft)}.mark{fill:var(--mark)}.warn{fill:var(--warn)}";
