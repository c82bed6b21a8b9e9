//! Text for people and machines: segmentation of Chinese and English, statistics.
