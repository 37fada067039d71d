using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Periods;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Bookings;
using PerfMarketing.Settlement.Remittances;
using PerfMarketing.Tallies;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>How platforms settle: reference/partner-platforms.md, section 7, row by row.</summary>
public sealed class PlatformSettlementTests
{
    private static readonly Instant End = At("2027-01-01T12:00:00Z");

    // A casino's contract: 100 EUR at least; it may be carried forward until there are 500. What is kept from partners
    // with fewer than three active players is the casino's discretion, and no term.
    [Theory]
    [InlineData("100", "2026-04 110.00 EUR, 2026-05 200.00 EUR, 2026-06 150.00 EUR, 2026-07 100.00 EUR")]
    [InlineData("500", "2026-07 560.00 EUR")]
    public void Casino_pays_from_an_amount_on(string threshold, string expected)
    {
        CampaignRun run = Settled(new() { Threshold = Money.Parse($"{threshold}.00 EUR") });
        (string Month, int Amount)[] earned = [("03", 60), ("04", 50), ("05", 200), ("06", 150), ("07", 100)];
        foreach ((string month, int amount) in earned)
        {
            run.Process(Of(Sale($"o{month}", $"2026-{month}-03T12:00:00Z", ((decimal)amount).Eur)));
        }

        Paid(run).Should().Be(expected, "casino-carry-500");
    }

    // Linkwise: by the date of validation, what the advertiser has paid, from 20 EUR on.
    [Fact]
    public void Linkwise_pays_what_was_validated_and_paid_for_from_twenty_euros_on()
    {
        CampaignRun run = Settled(
            new() { Threshold = 20.Eur, Exposure = PaymentExposure.ThisInvoice },
            static c => c.TrustingHost("order-paid", within: Duration.FromDays(90)));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 15.Eur)));
        run.Process(Of(Sale("o2", "2026-03-04T12:00:00Z", 12.Eur)));
        run.Process(Proof("o1", "2026-03-20T12:00:00Z"));
        run.Process(Proof("o2", "2026-05-20T12:00:00Z"));

        Paid(run).Should().Be("2026-05 27.00 EUR");
        Statement may = run.Statements(End).Single(static s => s.Period == "2026-05");
        may.LinesIn(run.State.Campaign.Contracts[0]).Single().EventPeriod.Should().Be("2026-03");
        PayableStatement given = PayableStatement.Of(run.State.Campaign, may);
        RemittanceTerms terms = new() { Payee = new("p-blog"), Currency = Currency.Eur };
        RemittanceBook none = new(new("p-blog"), Currency.Eur);
        RemittancePlan.Of(terms, [given], none, End).Remittance.Should().BeNull();
        RemittancePlan.Of(terms, [given with { IsPayerPaid = true }], none, End).Remittance!.Amount
            .Should().Be(27.Eur);
    }

    // Dub holds commissions for some days, but neither bonuses nor what is booked by hand.
    [Theory]
    [InlineData(0, "2026-03 109.00 EUR")]
    [InlineData(7, "2026-03 109.00 EUR")]
    [InlineData(14, "2026-03 109.00 EUR")]
    [InlineData(30, "2026-03 9.00 EUR, 2026-04 100.00 EUR")]
    [InlineData(60, "2026-03 9.00 EUR, 2026-05 100.00 EUR")]
    [InlineData(90, "2026-03 9.00 EUR, 2026-06 100.00 EUR")]
    public void Dub_holds_commissions_and_no_bonus_by_hand(int days, string expected)
    {
        CampaignRun run = Settled(new(), c => c.HeldFor(Duration.FromDays(days)));
        run.Process(Of(Sale("o1", "2026-03-10T12:00:00Z", 100.Eur)));
        Book(run, "bonus", 9.Eur, "2026-03-10T13:00:00Z", ManualKind.Bounty);

        Paid(run).Should().Be(expected);
    }

    // PartnerStack: what was withdrawable is never taken back. MaxBounty: it may be, also after it was paid.
    [Theory]
    [InlineData("PartnerStack", false, "2026-04 100.00 EUR, 2026-06 40.00 EUR")]
    [InlineData("MaxBounty", true, "2026-04 100.00 EUR, 2026-07 30.00 EUR")]
    public void What_was_paid_is_taken_back_or_not(string id, bool takesBack, string expected)
    {
        CampaignRun run = Settled(
            new(),
            c => c.HeldFor(Duration.FromDays(30)) is var held && takesBack
                ? held
                : held.TakenBackBy(ClawbackSchedule.UpTo(30)));
        run.Process(Of(Sale("o1", "2026-03-10T12:00:00Z", 100.Eur)));
        run.Process(Of(Retracted("r1", "o1", "2026-05-05T12:00:00Z")));
        run.Process(Of(Sale("o2", "2026-05-10T12:00:00Z", 40.Eur)));
        run.Process(Of(Sale("o3", "2026-06-10T12:00:00Z", takesBack ? 90.Eur : 0.Eur)));

        Paid(run).Should().Be(expected, id);
    }

    // CJ: a bonus over a month is withdrawn when reversals take the month below its threshold.
    [Fact]
    public void Bonus_of_a_month_goes_when_reversals_take_the_month_below_its_threshold()
    {
        CampaignRun run = Run(
            Contract(
                    Pay.Volume(new(5.Percent, UpTo: 4), new(8.Percent)),
                    static c => c.TalliedBy(c.Tally with { Corrections = TallyCorrections.Reevaluated }))
                .ToCampaign(),
            Touch("p-blog", "2026-01-01T09:00:00Z"));
        for (int i = 1; i <= 5; i++)
        {
            run.Process(Of(Sale($"o{i}", $"2026-03-0{i}T12:00:00Z", 100.Eur)));
        }

        run.Process(Of(Retracted("r1", "o5", "2026-04-03T12:00:00Z")));
        run.Process(Of(Retracted("r2", "o4", "2026-04-04T12:00:00Z")));

        run.Statements(End).Select(static s => $"{s.Period} {s.Total}").Should().Equal(
            "2026-03 40.00 EUR", "2026-04 -25.00 EUR");
    }

    // abestweb 138941: a bonus that cannot be adjusted makes advertisers cancel good orders.
    [Fact]
    public void Bonus_is_adjusted_by_hand_and_no_order_is_touched()
    {
        CampaignRun run = Run(
            Contract(Pay.RevenueShare(10.Percent))
                .PaysPer(PeriodUnit.Month, new PerformanceBonus(5.Percent, 99.Eur), "p-blog").ToCampaign(),
            Touch("p-blog", "2026-01-01T09:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 1_000.Eur)));
        run.Expire(At("2026-04-10T00:00:00Z"));
        Book(run, "b1", -5.Eur, "2026-04-10T12:00:00Z");

        run.Statements(End).Select(static s => $"{s.Period} {s.Gross} {s.Closing}").Should().Equal(
            "2026-03 105.00 EUR 0.00 EUR", "2026-04 -5.00 EUR -5.00 EUR");
        run.Entries.OfType<Adjustment>().Should().BeEmpty();
    }

    // polar 9658: payouts in currencies without cents are whole; and fils are thousandths.
    [Theory]
    [InlineData("JPY", "1001", "1001 + 190 - 50 = 1141, fee 17 sends 1124")]
    [InlineData("EUR", "10.01", "10.01 + 1.90 - 0.50 = 11.41, fee 0.17 sends 11.24")]
    [InlineData("KWD", "10.011", "10.011 + 1.902 - 0.501 = 11.412, fee 0.171 sends 11.241")]
    public void Payments_have_the_digits_of_their_currency(string currency, string earned, string expected)
    {
        var unit = Currency.Parse(currency);
        CampaignRun run = InTokyo(unit);
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", Money.Parse($"{earned} {currency}"))));
        Statement march = run.Statements(End)[0];
        PayableStatement given = PayableStatement.Of(run.State.Campaign, march) with
        {
            Invoice = StatementInvoice.Of(march, new(19.Percent, 5.Percent), "I-1"),
        };
        RemittanceTerms terms = new()
        {
            Payee = new("p-blog"),
            Currency = unit,
            Fee = new() { Rate = 1.5m.Percent, Bearer = FeeBearer.Payee },
        };

        Remittance made = RemittancePlan.Of(terms, [given], new(terms.Payee, unit), End).Remittance!;

        RemittancePart part = made.Parts.Single();
        $"{part.Amount.Amount} + {part.Vat!.Value.Amount} - {part.Withholding!.Value.Amount} = {made.Total.Amount}, "
            .Should().Be(expected[..expected.IndexOf("fee", StringComparison.Ordinal)]);
        $"fee {made.Fee!.Amount.Amount} sends {made.Amount.Amount}"
            .Should().Be(expected[expected.IndexOf("fee", StringComparison.Ordinal)..]);
    }

    private static CampaignRun InTokyo(Currency currency) => Run(
        ContractDraft.For("acme-2026").PaidBy("acme").WithPartner("p-blog").In(currency, "Asia/Tokyo")
            .Pays("sale", Pay.RevenueShare(100.Percent)).ToCampaign(),
        Touch("p-blog", "2026-01-01T09:00:00Z"));

    private static string Paid(CampaignRun run) => string.Join(
        ", ",
        run.Statements(End).Where(static s => s.Payable.MinorUnits > 0).Select(static s => $"{s.Period} {s.Payable}"));

    private static void Book(
        CampaignRun run, string id, Money amount, string at, ManualKind kind = ManualKind.Earning) => run.Book(
        new()
        {
            Id = new(id),
            Kind = kind,
            Contract = new("acme-2026"),
            Partner = new PartnerId("p-blog"),
            Amount = amount,
            At = At(at),
            Author = "ann",
            Note = "by hand",
        },
        At(at)).Answer.Should().Be(BookingAnswer.Booked);

    private static CampaignRun Settled(SettlementTerms terms, Func<ClauseDraft, ClauseDraft>? clause = null) => Run(
        Contract(Pay.RevenueShare(100.Percent), clause).SettledBy(terms).ToCampaign(),
        Touch("p-blog", "2026-01-01T09:00:00Z"));
}
