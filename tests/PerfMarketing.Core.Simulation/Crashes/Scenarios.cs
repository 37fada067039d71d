namespace PerfMarketing.Simulation.Crashes;

/// <summary>The stories that are broken off at every call of a port.</summary>
internal static class Scenarios
{
    private const string Sale = "touch a c; sale o c 10000; ";
    private const string Two = "touch a c; touch b c; sale o c 10001; ";
    private const string Three = "touch a c; touch b d; ";
    private const string Late = "days 40; close";

    private static Scenario[] ByHand =>
    [
        new("an approval", "proof", Sale + "approve o; proof o; " + Late),
        new("an approval at another amount", "share", Sale + "approve o 700; again; return o 2500; " + Late),
        new("an approval of what was contradicted", "proof", Sale + "proof o; contradict o; approve o; " + Late),
        new("a rejection", "share", Sale + "reject o; " + Late),
        new("a rejection after the month", "linear", Two + Late + "; reject o; " + Late),
        new("a rejection before the proof", "proof", Sale + "reject o; proof o; approve o; " + Late),
        new("a grade", "graded", Sale + "grade o B; again; " + Late),
        new("grades that follow each other", "graded", Sale + "grade o C; grade o A; grade o B; " + Late),
        new("a grade before the sale", "graded", "touch a c; grade o B; sale o c 10000; " + Late),
        new("an amount by hand", "share", Sale + "book a 2500; again; " + Late),
        new("an amount owed back after the month", "share", Sale + Late + "; book a -700; book b 50; " + Late),
        new("invalid results", "share", Three + "sale o c 10000; sale p d 9; invalidate a 500; again; " + Late),
        new("invalid results over several sales", "linear", Two + "sale p c 77; sale q c 9; invalidate a 333; " + Late),
        new("invalid results make room", "room",
            Three + "sale o c 15000; sale p d 9000; sale q c 5000; invalidate a 1200; " + Late),
        new("an amendment that reaches back", "amended", Sale + "touch b d; sale p d 5000; wait 9; amend; " + Late),
        new("an amendment after a return", "amended", Sale + "return o 2500; wait 9; amend; again; retract o; " + Late),
        new("an amendment after the month", "amended", Sale + Late + "; amend; " + Late),
    ];

    private static Scenario[] Periods =>
    [
        new("a retainer", "retainer", Sale + Late),
        new("a retainer of a month without a sale", "retainer", Sale + Late + "; " + Late + "; " + Late),
        new("a guarantee", "guarantee", Sale + Late + "; retract o; " + Late),
        new("a guarantee that is exceeded", "guarantee",
            Sale + "sale p c 30000; " + Late + "; return p 30000; " + Late),
        new("proofs that the timer ends", "proof",
            Three + "sale o c 10000; sale p d 9000; sale q c 8000; wait 12; due; again; " + Late),
        new("silence that approves, by the timer", "silence",
            Three + "sale o c 10000; wait 5; sale p d 9000; sale q c 8000; wait 6; due; wait 6; due; " + Late),
        new("reservations that the timer ends", "reserve",
            Sale + "touch b d; sale p d 10000; wait 12; due; sale q d 10000; proof q; " + Late),
        new("a place that a return gives", "place", Three + "sale o c 9; sale p d 8; sale q c 7; retract o; " + Late),
        new("room that a return gives", "room",
            Three + "sale o c 15000; sale p d 9000; sale q c 2000; retract o; " + Late),
        new("room that never comes", "room", Three + "sale o c 15000; sale p d 9000; wait 40; close; " + Late),
        new("a half-month with a reserve", "settled", Sale + "sale p c 20000; " + Late + "; " + Late),
        new("what is taken back by a schedule", "settled",
            Sale + "sale p c 20000; days 25; return o 5000; chargeback p; " + Late + "; " + Late),
        new("what is claimed after the payout", "settled", Sale + "sale p c 9; " + Late + "; retract o; " + Late),
    ];

    // Two campaigns of one advertiser.
    private static Scenario[] Orders =>
    [
        new("an order of two campaigns", "share",
            "touch a c; sale o c 10000 x; other sale o c 10000 x; again; return o 2500; " + Late + "; other close"),
        new("an order that the other campaign took", "proof",
            "touch a c; other sale o c 10000 x; sale o c 10000 x; again; other proof o; " + Late + "; other close"),
        new("an order that nobody brought there", "share",
            "other sale o d 10000 x; touch a c; sale o c 10000 x; other sale p c 9 x; " + Late),
        new("orders together that the other campaign took", "linear",
            Three + "other sale p d 9000 y; batch sale o c 10000 x + sale p d 9000 y + sale q c 77 z; again; "
            + "other batch sale q c 77 z + sale r d 5 w + retract p; " + Late + "; other close"),
        new("room that an order of the other campaign leaves", "budget",
            Three + "other sale o c 10000 x; sale o c 10000 x; sale p d 10000 y; sale q c 10000 z; " + Late),
    ];

    public static Scenario[] All { get; } =
    [
        .. ByHand,
        .. Periods,
        .. Orders,
        new("a sale", "share", Sale + Late),
        new("a sale that nobody brought", "share", "sale o c 10000; " + Late),
        new("a sale twice", "share", Sale + "again; " + Late),
        new("two sales of one order", "share", "touch a c; sale o c 10000 x; sale p c 9000 x; " + Late),
        new("two partners share", "linear", Two + Late),
        new("two partners share and all comes back", "linear", Two + "retract o; " + Late),
        new("two partners share and a part comes back", "linear", Two + "return o 3333; return o 3333; " + Late),
        new("a part comes back", "share", Sale + "return o 2500; " + Late),
        new("a part comes back twice", "share", Sale + "return o 2500; return o 2500; " + Late),
        new("the same return again", "share", Sale + "return o 2500; again; " + Late),
        new("all comes back", "share", Sale + "return o 10000; " + Late),
        new("a retraction", "share", Sale + "retract o; " + Late),
        new("a retraction before the sale", "share", "touch a c; retract o; sale o c 10000; " + Late),
        new("a return before the sale", "share", "touch a c; return o 1; sale o c 10000; return o 4000; " + Late),
        new("a chargeback", "share", Sale + "chargeback o; " + Late),
        new("a chargeback that is won", "share", Sale + "chargeback o; won o; " + Late),
        new("a return that is withdrawn", "share", Sale + "return o 500; withdrawn o; " + Late),
        new("a restatement up", "share", Sale + "restate o 15000; " + Late),
        new("a restatement down", "share", Sale + "restate o 4000; " + Late),
        new("a restatement and a return", "share", Sale + "restate o 4000; return o 1000; " + Late),
        new("a chargeback after the month", "share", Sale + Late + "; chargeback o; " + Late),
        new("a return after the payout", "share", Sale + Late + "; return o 9000; " + Late),
        new("a late sale", "share", "touch a c; " + Late + "; sale o c 10000; " + Late),
        new("a month without anything", "share", Late),
        new("two months", "share", Sale + Late + "; touch b d; sale p d 5000; " + Late),
        new("proof that comes", "proof", Sale + "proof o; " + Late),
        new("proof that comes twice", "proof", Sale + "proof o; again; " + Late),
        new("proof that never comes", "proof", Sale + Late),
        new("proof that comes too late", "proof", Sale + "days 12; proof o; " + Late),
        new("proof before the sale", "proof", "touch a c; proof o; sale o c 10000; " + Late),
        new("proof that is contradicted", "proof", Sale + "proof o; contradict o; " + Late),
        new("proof that is contradicted at once", "proof", "touch a c; proof o; contradict o; sale o c 9; " + Late),
        new("a return before the proof", "proof", Sale + "return o 5000; proof o; " + Late),
        new("a retraction before the proof", "proof", Sale + "retract o; proof o; " + Late),
        new("a chargeback won before the proof", "proof", Sale + "chargeback o; won o; proof o; " + Late),
        new("a touch while the proof is awaited", "proof", Sale + "touch b c; proof o; " + Late),
        new("the last cents of a budget", "budget", Sale + "touch b d; sale p d 10000; " + Late),
        new("a budget that is empty", "budget", Sale + "touch b d; sale p d 10000; sale q c 10000; " + Late),
        new("room that comes back", "budget", Sale + "retract o; touch b d; sale p d 10000; " + Late),
        new("room for a restatement", "budget", Sale + "restate o 19000; " + Late),
        new("a budget reserved and committed", "reserve", Sale + "touch b d; sale p d 10000; proof o; " + Late),
        new("a reservation that ends", "reserve", Sale + "days 12; touch b d; sale p d 10000; proof p; " + Late),
        new("a reservation that is retracted", "reserve", Sale + "retract o; touch b d; sale p d 9000; " + Late),
        new("a tier that is crossed", "volume", Sale + "sale p c 10000; sale q c 10000; sale r c 10000; " + Late),
        new("a tier in two months", "volume", Sale + "sale p c 9; " + Late + "; sale q c 9; sale r c 9; " + Late),
        new("a crossed tier comes back", "volume", Sale + "sale p c 9; sale q c 9; retract q; " + Late),
        new("tiers of two partners", "volume", Sale + "touch b d; sale p d 9; sale q c 9; sale r d 9; " + Late),
        new("a hold", "hold", Sale + Late + "; " + Late),
        new("a chargeback in the hold", "hold", Sale + "days 5; chargeback o; " + Late + "; " + Late),
        new("a chargeback after the hold", "hold", Sale + Late + "; " + Late + "; chargeback o; " + Late),
        new("partners of two contracts", "two", Two + "proof o; return o 100; " + Late),
        new("sales together", "share", Three + "batch sale o c 10000 + sale p d 9000 + sale q c 8000; " + Late),
        new("sales together twice", "share", Three + "batch sale o c 10000 + sale p d 9000; again; " + Late),
        new("sales together and what comes back", "linear",
            Three + "batch sale o c 10001 + sale p d 9000 + return o 5000 + retract p; " + Late),
        new("sales and proof together", "proof",
            Three + "batch sale o c 10000 + sale p d 9000 + proof o; batch proof p + sale q c 5; " + Late),
        new("the last cents of a budget together", "budget",
            Three + "batch sale o c 10000 + sale p d 10000 + sale q c 10000 + retract o; " + Late),
        new("a tier that is crossed together", "volume",
            Three + "batch sale o c 9 + sale p d 9 + sale q c 9 + sale r c 9 + sale s d 9; " + Late),
    ];
}
