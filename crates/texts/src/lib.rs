//! Texts: messages in zh-CN and en, used at the edges.
