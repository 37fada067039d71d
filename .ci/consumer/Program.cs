using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Settlement;

// Runs against the packed packages, as a user of them would: a contract, a click, a sale, a statement.
Instant click = Instant.FromUtc(2026, 3, 1, 9, 0);
Instant sale = Instant.FromUtc(2026, 3, 3, 12, 0);
Campaign campaign = ContractDraft.For("acme-2026").PaidBy("acme").WithPartner("p-blog")
    .In(Currency.Eur, timeZone: "Europe/Berlin")
    .Pays("sale", Pay.RevenueShare(12.Percent).CappedAt(80.Eur))
    .ToCampaign()
    .Build();

CampaignRun run = new(campaign, new OneTouch(new()
{
    Id = new("t1"),
    At = click,
    RecordedAt = click,
    Partner = new("p-blog"),
    Kind = TouchpointKind.Click,
}));
run.Process(new CampaignInput.OfOutcome(new Outcome
{
    Id = new("o1"),
    At = sale,
    Kind = "sale",
    Customer = new CustomerId("c1"),
    Value = 1_000.Eur,
}));
Statement march = run.Statements(Instant.FromUtc(2026, 4, 2, 0, 0)).Single();
if (march.Payable != 80.Eur || march.Period != "2026-03")
{
    throw new InvalidOperationException($"Expected 80.00 EUR for 2026-03, found {march.Payable} for {march.Period}.");
}

Console.WriteLine($"The packages work: {march.Partner} gets {march.Payable} for {march.Period}.");

internal sealed class OneTouch(JourneyTouch touch) : IJourneySource
{
    public Journey Find(Outcome outcome) => new(new[] { touch });
}
