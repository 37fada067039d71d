using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Amounts;
using PerfMarketing.Tallies;
using PerfMarketing.Time;
using Outcome = PerfMarketing.Events.Outcome;

namespace PerfMarketing.Tests.Settlement.Amounts;

/// <summary>Columns give the amounts of the run that decides outcome by outcome.</summary>
public sealed class AmountRunLawTests
{
    private static readonly ValueList<PartnerId> Partners = [new("p0"), new("p1"), new("p2"), new("nobody")];

    // Around the change of clocks and the end of a month, so that windows and months are met at their very ends.
    private static readonly Instant Begin = Instant.FromUtc(2026, 3, 27, 22, 0);

    private static readonly PayoutModel[] Models =
    [
        Pay.Fixed(7.01m.Eur),
        Pay.RevenueShare(12.345m.Percent),
        Pay.Fixed(Accrual.Parse("0.045 EUR")),
        Pay.RevenueShare(33.33m.Percent),
        Pay.Tiered(new(Accrual.Parse("0.333 EUR"), UpTo: 3), new(Accrual.Parse("0.125 EUR"))),
        new Tiered([new(5.Percent, UpTo: 20), new(7.5m.Percent, UpTo: 60.55m), new(1.Percent)]) { Of = Measure.Value },
    ];

    private static readonly string[] Zones = ["Europe/Berlin", "Etc/UTC", "America/New_York"];

    private static readonly RoundingMode[] Modes =
        [RoundingMode.HalfAwayFromZero, RoundingMode.HalfEven, RoundingMode.Down];

    private static Gen<Setting> Settings { get; } =
        from model in Gen.Choose(0, Models.Length - 1)
        from other in Gen.Choose(0, Models.Length - 1)
        from zone in Gen.Elements(Zones)
        from mode in Gen.Elements(Modes)
        from hours in Gen.Elements(1, 24, 72, 100_000)
        from dates in Gen.Choose(0, 3)
        from sequences in Gen.Elements(true, false)
        select new Setting(model, other, zone, mode, hours, dates, sequences);

    private static Gen<Row[]> Rows { get; } =
        from count in Gen.Choose(0, 40)
        from rows in (
            from customer in Gen.Choose(-1, 2)
            from hour in Gen.Choose(0, 150)
            from tick in Gen.Elements(0, 0, 0, 1)
            from partner in Gen.Choose(-1, 3)
            from sequence in Gen.Choose(0, 2)
            from value in Gen.Choose(-100, 4_000)
            select new Row(customer, hour, tick, partner, sequence, value)).ArrayOf(count)
        select rows;

    [Fact]
    public void Amounts_are_those_of_the_campaign_run() => Prop
        .ForAll(
            (from setting in Settings from touches in Rows from outcomes in Rows select (setting, touches, outcomes))
                .ToArbitrary(),
            static world =>
            {
                Campaign campaign = CampaignOf(world.setting);
                AmountRun.TryCreate(campaign, "sale", Partners, Currency.Eur, out AmountRun? run, out _)
                    .Should().BeTrue();
                run!.Settle(
                        new(
                            [.. world.touches.Select(static t => t.Customer)],
                            [.. world.touches.Select(static t => t.Ticks)],
                            [.. world.touches.Select(static t => t.Partner)],
                            world.setting.HasSequences ? [.. world.touches.Select(static t => (long)t.Sequence)] : []),
                        new(
                            [.. world.outcomes.Select(static o => o.Customer)],
                            [.. world.outcomes.Select(static o => o.Ticks)],
                            [.. world.outcomes.Select(static o => (long)o.Value)]))
                    .Select(static l =>
                        $"{l.Contract}/{l.Clause} {l.Partner} {l.Month} {l.Outcomes} {l.Value} {l.Amount}")
                    .Should().BeEquivalentTo(Expected(campaign, world.setting, world.touches, world.outcomes));
            })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(600));

    private static IEnumerable<string> Expected(
        Campaign campaign, Setting setting, Row[] touches, Row[] outcomes)
    {
        CampaignRun run = new(campaign, new ByCustomer(touches, setting.HasSequences));
        Outcome[] sales = [.. outcomes.Select(static (row, i) => new Outcome
        {
            Id = new($"o{i}"),
            At = row.At,
            Kind = "sale",
            Customer = row.Customer < 0 ? null : new CustomerId($"c{row.Customer}"),
            Value = Money.FromMinor(row.Value, Currency.Eur),
        })];
        foreach (Outcome sale in sales.OrderBy(static s => s.At))
        {
            run.Process(new CampaignInput.OfOutcome(sale));
        }

        return
            from earning in run.Entries.Cast<Earning>()
            let calendar = campaign.Contracts.First(c => c.Id == earning.Contract).Calendar
            group earning by (earning.Contract, earning.Clause, earning.Partner,
                calendar.Containing(PeriodUnit.Month, earning.OccurredAt).Key) into month
            let value = month.Aggregate(0m.Eur, static (sum, e) => sum + e.Value.Round())
            let amount = month.Aggregate(0m.Eur, static (sum, e) => sum + e.Amount)
            select $"{month.Key.Contract}/{month.Key.Clause} {month.Key.Partner} {month.Key.Key} {month.Count()} "
                + $"{value} {amount}";
    }

    // Two contracts, which share a partner; the second pays the one partner otherwise than the other.
    private static Campaign CampaignOf(Setting setting)
    {
        LocalDate april = new(2026, 4, 1);
        ClauseDraft Terms(ClauseDraft clause, int model) => clause.Rounded(
            setting.Mode, model is 2 or 3 ? RoundAt.Period : RoundAt.Outcome);
        ContractDraft first = ContractDraft.For("first").PaidBy("acme").WithPartner("p0").WithPartner("p1")
            .In(Currency.Eur, setting.Zone).Pays("sale", Models[setting.Model], c => Terms(c, setting.Model));
        ContractDraft second = ContractDraft.For("second").PaidBy("acme").WithPartner("p1").WithPartner("p2")
            .In(Currency.Eur, "Etc/UTC")
            .Pays("sale", Pay.Fixed(1.Eur), c => c with { Partners = [new("p2")] })
            .Pays("sale", Models[setting.Other], c => Terms(c, setting.Other))
            .Pays("lead", Pay.Fixed(2.Eur).CappedAt(1.Eur));
        CampaignDraft draft = CampaignDraft.For("spring", "acme").In("Europe/Berlin")
            .AttributedBy(new LastTouch
            {
                Lookback = setting.Hours > 10_000 ? LookbackWindow.Unlimited : Duration.FromHours(setting.Hours),
            })
            .With(setting.Dates == 1 ? first with { Effective = new(april, null) } : first)
            .With(setting.Dates == 2 ? second with { Effective = new(new(2026, 3, 1), april) } : second);
        return (setting.Dates == 3 ? draft.Flying(new(2026, 3, 29), new(2026, 4, 2)) : draft).Build();
    }

    /// <summary>What the terms are, in few small numbers.</summary>
    internal sealed record Setting(
        int Model, int Other, string Zone, RoundingMode Mode, int Hours, int Dates, bool HasSequences);

    /// <summary>A touch or an outcome, in few small numbers.</summary>
    internal sealed record Row(int Customer, int Hour, int Tick, int Partner, int Sequence, int Value)
    {
        public Instant At => Begin + Duration.FromHours(Hour) + Duration.FromTicks((long)Tick);

        public long Ticks => At.ToUnixTimeTicks();
    }

    private sealed class ByCustomer(Row[] touches, bool hasSequences) : IJourneySource
    {
        public Journey Find(Outcome outcome) => new(touches
            .Where(t => t.Customer >= 0 && outcome.Customer == new CustomerId($"c{t.Customer}"))
            .Select(t => new JourneyTouch
            {
                At = t.At,
                RecordedAt = t.At,
                Sequence = hasSequences ? t.Sequence : 0,
                Partner = t.Partner < 0 ? default : Partners[t.Partner],
            })
            .ToArray());
    }
}
