namespace PerfMarketing.Simulation.Mutation;

/// <content>Bugs in what another system had counted, and in payments that cost nothing.</content>
internal static partial class Mutants
{
    private static readonly Mutant[] Opened =
    [
        new(
            "opened: counting begins at nothing all the same",
            "Settlement/CampaignState.Bookings.cs",
            "counter.Set(counter.Tally + counted,",
            "counter.Set(@ ? counter.Tally : counter.Tally + counted,"),
        new(
            "opened: what was paid before is forgotten",
            "Settlement/CampaignState.Bookings.cs",
            "counted.Accrued.Round(RoundingOf(entry)).MinorUnits;",
            "@ ? 0 : counted.Accrued.Round(RoundingOf(entry)).MinorUnits;"),
        new(
            "opened: it counts in the month in which it is booked",
            "Settlement/CampaignDecider.Bookings.cs",
            "contract.TallyPeriodOf(clause, entry.OccurredAt)",
            "contract.TallyPeriodOf(clause, @ ? entry.DecidedAt : entry.OccurredAt)"),
        new(
            "opened: a tally that has begun is opened",
            "Settlement/CampaignDecider.Bookings.cs",
            "if (entry.TallyKey is { } key &&",
            "if (!@ && entry.TallyKey is { } key &&"),
        new(
            "opened: others do not see it in a tally that they share",
            "Workflows/BookingTurn.cs",
            "entry is ManualEntry { TallyScope:",
            "!@ && entry is ManualEntry { TallyScope:"),
        new(
            "paid: what reaches the limit of a fee costs it",
            "Settlement/Remittances/RemittanceFee.cs",
            "Below is { } least && total >= least",
            "Below is { } least && (@ ? total > least + least : total >= least)"),
        new(
            "paid: a payment that costs nothing uses up what is free",
            "Settlement/Remittances/RemittanceFee.cs",
            "return new(Bearer, none, none);",
            "return new(Bearer, @ && Rate is not null ? Money.Min(Money.Max((Free ?? none) - freeUsed, none), total) "
            + ": none, none);"),
    ];
}
