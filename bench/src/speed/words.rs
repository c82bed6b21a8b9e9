//! Texts of made-up messages, from a vocabulary of their own: the same number always gives the same text.

/// Every so many cases one holds the planted words, so that searches have known hits.
const PLANTED_EVERY: usize = 500;

/// Words that only planted messages hold together, in Chinese and in English.
pub(crate) const PLANTED: [&str; 2] = ["琉璃灯罩 裂纹", "lampshade hairline"];
/// Words that many messages hold, each pair together in some.
pub(crate) const COMMON: [&str; 2] = ["衣柜 安装", "wardrobe delivery"];

const GOODS: [(&str, &str); 16] = [
    ("衣柜", "wardrobe"),
    ("床垫", "mattress"),
    ("餐桌", "dining table"),
    ("沙发", "sofa"),
    ("书架", "bookshelf"),
    ("鞋柜", "shoe cabinet"),
    ("吊灯", "ceiling lamp"),
    ("窗帘", "curtain"),
    ("地毯", "carpet"),
    ("儿童床", "bunk bed"),
    ("茶几", "coffee table"),
    ("电视柜", "media console"),
    ("橱柜", "kitchen unit"),
    ("浴室镜", "bathroom mirror"),
    ("转椅", "swivel chair"),
    ("梳妆台", "dresser"),
];
const FAULTS: [(&str, &str); 16] = [
    ("抽屉拉不动", "the drawer is stuck"),
    ("门板有划痕", "the door is scratched"),
    ("安装后摇晃", "it wobbles after assembly"),
    ("颜色与样品不符", "the colour differs from the sample"),
    ("少了两颗螺丝", "two screws are missing"),
    ("气味刺鼻", "there is a strong smell"),
    ("送货晚了三天", "delivery came three days late"),
    ("预约了没有人来", "nobody came to the appointment"),
    ("发票抬头写错", "the invoice names the wrong company"),
    ("退款一直没到", "the refund has not arrived"),
    ("师傅态度生硬", "the fitter was rude"),
    ("多收了楼层费", "a stair fee was charged twice"),
    ("边角开胶", "the edge is coming loose"),
    ("说明书看不懂", "the manual can not be followed"),
    ("保修卡没有盖章", "the warranty card bears no stamp"),
    ("玻璃碎了一块", "one pane is broken"),
];
const WISHES: [(&str, &str); 8] = [
    ("希望尽快上门维修。", "Please repair it soon."),
    ("请给一个明确的时间。", "Please name a date."),
    ("要求更换新的。", "I want a new one."),
    (
        "请把多收的钱退回来。",
        "Please pay back what was charged too much.",
    ),
    ("请客服回电说明。", "Please call and explain."),
    ("想知道由谁负责。", "I want to know who is responsible."),
    ("希望以后改进。", "I hope this gets better."),
    (
        "安排重新安装。",
        "Please send someone to assemble it again.",
    ),
];
const PLACES: [(&str, &str); 12] = [
    ("城东店", "the east side shop"),
    ("河湾店", "the riverside shop"),
    ("北仓库", "the north warehouse"),
    ("南湖站", "the south lake depot"),
    ("网上商城", "the online shop"),
    ("样板间", "the show room"),
    ("松林路", "Pine Road"),
    ("和平里", "Peace Lane"),
    ("青石巷", "Bluestone Alley"),
    ("银杏街", "Ginkgo Street"),
    ("望江楼", "River View House"),
    ("柳荫苑", "Willow Court"),
];
const SURNAMES: [&str; 12] = [
    "顾", "沈", "苗", "章", "云", "苏", "潘", "葛", "奚", "范", "彭", "郎",
];
const GIVEN: [&str; 12] = [
    "一鸣", "若兰", "子墨", "文博", "晓彤", "建国", "素芬", "丽华", "天佑", "雨晴", "家豪", "秀英",
];

/// A made-up message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Message {
    pub(crate) complaint: bool,
    pub(crate) subject: String,
    pub(crate) content: String,
    pub(crate) customer: String,
    pub(crate) contact: String,
}

/// Whether message `index` holds the planted words.
pub(crate) const fn is_planted(index: usize) -> bool {
    index % PLANTED_EVERY == 7
}

/// Message `index`. Even ones are Chinese, odd ones English, but a planted one holds both planted pairs and is a complaint.
pub(crate) fn message(index: usize) -> Message {
    let mut dice = Dice(index as u64 + 1);
    let goods = dice.pick(&GOODS);
    let (fault, more) = (dice.pick(&FAULTS), dice.pick(&FAULTS));
    let (place, wish) = (dice.pick(&PLACES), dice.pick(&WISHES));
    let order = 100_000 + dice.below(900_000);
    let chinese = index.is_multiple_of(2);
    let subject = if chinese {
        format!("{}{}", goods.0, fault.0)
    } else {
        format!("{}: {}", goods.1, fault.1)
    };
    let mut content = if chinese {
        format!(
            "上个月在{}买的{}，订单号QH{order}，{}，{}。已经打过两次电话，没有结果。{}",
            place.0, goods.0, fault.0, more.0, wish.0
        )
    } else {
        format!(
            "Last month I bought a {} at {} (order QH{order}). Now {}, and {}. I have called twice without result. {}",
            goods.1, place.1, fault.1, more.1, wish.1
        )
    };
    if is_planted(index) {
        content.push_str("另外琉璃灯罩上有一道裂纹。The lampshade has a hairline crack.");
    }
    Message {
        complaint: is_planted(index) || dice.below(2) == 0,
        subject,
        content,
        customer: format!("{}{}", dice.pick(&SURNAMES), dice.pick(&GIVEN)),
        // One in ten customers has been here before.
        contact: format!(
            "13{:09}",
            if dice.below(10) == 0 {
                index / 2
            } else {
                index
            }
        ),
    }
}

/// A small generator of numbers that look random and never change (SplitMix64).
#[derive(Debug)]
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// One of `items`.
    pub(crate) fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_planted_messages_hold_the_planted_words() {
        for index in 0..2_000 {
            let content = message(index).content;
            for words in PLANTED {
                let holds = words.split(' ').all(|word| content.contains(word));
                assert_eq!(holds, is_planted(index), "{index}: {words}");
            }
        }
    }

    #[test]
    fn common_words_stand_together_in_some_messages() {
        for words in COMMON {
            let hits = (0..20_000).filter(|&index| {
                let message = message(index);
                words.split(' ').all(|word| message.content.contains(word))
            });
            assert!(hits.count() > 50, "{words}");
        }
    }
}
