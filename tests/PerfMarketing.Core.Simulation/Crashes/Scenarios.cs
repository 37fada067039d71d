namespace PerfMarketing.Simulation.Crashes;

/// <summary>The stories that are broken off at every call of a port.</summary>
internal static class Scenarios
{
    private const string Sale = "touch a c; sale o c 10000; ";
    private const string Two = "touch a c; touch b c; sale o c 10001; ";
    private const string Late = "days 40; close";

    public static Scenario[] All { get; } =
    [
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
    ];
}
