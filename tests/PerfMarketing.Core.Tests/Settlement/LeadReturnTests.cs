using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Contracts.Validation;
using PerfMarketing.Events;
using PerfMarketing.Events.Conditions;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>
/// Leads that a buyer returns: within 72 hours, and at most a tenth of the month, rounded up.
/// </summary>
/// <remarks>
/// reference/partner-platforms.md §3.4: EnergySage credits what is asked for within 72 hours, at most 10 % of the
/// month's delivered leads, rounded up; LeadExec tells the buyer's return from the vendor's clawback.
/// </remarks>
public sealed class LeadReturnTests
{
    private static readonly ReversalLimit Returns = new(10.Percent, ReversalBase.Count)
    {
        Rounding = ReversalRounding.Up,
        Within = Duration.FromHours(72),
        Exempt = [CorrectionReason.Fraud],
    };

    [Theory]
    [InlineData("a second before", "2026-03-06T11:59:59Z", true)]
    [InlineData("windows are half-open", "2026-03-06T12:00:00Z", false)]
    public void A_return_after_72_hours_is_refused_and_listed(string because, string at, bool isTaken)
    {
        CampaignRun run = Sold(1);

        run.Process(Of(Returned("r1", "lead-0", at)));

        Adjustment adjustment = run.Entries.OfType<Adjustment>().Single();
        adjustment.Amount.Should().Be(isTaken ? -(20.Eur) : 0.Eur, because);
        (adjustment.Reason.Code == ReversalCodes.TooLate).Should().Be(!isTaken, because);
        if (!isTaken)
        {
            adjustment.Reason.ToString().Should().Be(
                "reversal.too-late (occurred: 2026-03-03T12:00:00Z, at: 2026-03-06T12:00:00Z, within: 3d)");
            adjustment.Kept.Should().Be(20.Eur);
        }
    }

    [Fact]
    public void Fraud_is_taken_back_whenever_it_is_found()
    {
        CampaignRun run = Sold(1);

        run.Process(Of(new Retraction
        {
            Id = new("r1"), Outcome = new("lead-0"), At = At("2026-05-06T12:00:00Z"), Reason = CorrectionReason.Fraud,
        }));

        run.Entries.OfType<Adjustment>().Texts().Should().Equal("vendor -20.00 EUR");
    }

    // The eleventh return of 100 leads is one more than a tenth; of 101 a tenth rounded up is eleven.
    [Theory]
    [InlineData(100, 12, 10)]
    [InlineData(101, 12, 11)]
    [InlineData(110, 12, 11)]
    [InlineData(1, 1, 1)]
    public void A_tenth_of_the_month_rounded_up_may_come_back(int delivered, int returned, int taken)
    {
        CampaignRun run = Sold(delivered);

        for (int i = 0; i < returned; i++)
        {
            run.Process(Of(Returned($"r{i}", $"lead-{i}", "2026-03-05T12:00:00Z")));
        }

        Adjustment[] all = [.. run.Entries.OfType<Adjustment>()];
        all.Count(static a => a.Amount == -(20.Eur)).Should().Be(taken);
        Adjustment[] refused = [.. all.Where(static a => a.Reason.Code == ReversalCodes.OverLimit)];
        refused.Select(static a => a.OutcomeId.Value).Should()
            .Equal(Enumerable.Range(taken, returned - taken).Select(static i => $"lead-{i}"));
        foreach (Adjustment adjustment in refused)
        {
            (adjustment.Amount, adjustment.Kept).Should().Be((0.Eur, 20.Eur));
        }

        run.Entries.Sum(static e => e.Amount.Amount).Should().Be(20 * (delivered - taken));
    }

    [Fact]
    public void A_return_that_comes_too_late_uses_up_no_room()
    {
        CampaignRun run = Sold(10);
        run.Process(Of(Returned("late", "lead-0", "2026-03-09T12:00:00Z")));
        run.Process(Of(Returned("r1", "lead-1", "2026-03-05T12:00:00Z")));
        run.Process(Of(Returned("r2", "lead-2", "2026-03-05T12:00:00Z")));

        run.Entries.OfType<Adjustment>().Select(static a => $"{a.Cause} {a.Amount} {a.Reason.Code}").Should().Equal(
            $"late 0.00 EUR {ReversalCodes.TooLate}", "r1 -20.00 EUR adjustment.proportional",
            $"r2 0.00 EUR {ReversalCodes.OverLimit}");
    }

    // The buyer may return within 72 hours; the broker takes back from the vendor for 30 days, by another contract.
    [Fact]
    public void Return_of_the_buyer_and_clawback_from_the_vendor_have_limits_of_their_own()
    {
        ContractDraft vendor = ContractDraft.For("vendors").PaidBy("broker").WithPartner("vendor")
            .In(Currency.Eur, "Etc/UTC")
            .Pays("lead", Pay.Fixed(12.Eur), static c => c.TakenBackBy(ClawbackSchedule.UpTo(30)));
        ContractDraft buyer = ContractDraft.For("buyer-a").PaidBy("buyer-a").WithPartner("broker")
            .In(Currency.Eur, "Etc/UTC")
            .Pays("lead-sold", Pay.Fixed(20.Eur), static c => c.If(When.Fact(Facts.ConsentBuyer).Is("buyer-a")));
        buyer = buyer with { ReversalLimit = Returns };
        CampaignRun run = Run(
            CampaignDraft.For("leads", "broker").With(vendor).With(buyer), Touch("vendor", "2026-03-01T09:00:00Z"));
        run.Process(Of(Lead("lead", 0) with { Id = new("lead") }));
        run.Process(Of(Sale("sold", "2026-03-03T12:05:00Z") with
        {
            Kind = "lead-sold",
            Parent = new("lead"),
            Facts = [Facts.ConsentBuyer.Of("buyer-a")],
        }));

        run.Process(Of(Returned("return", "sold", "2026-03-10T12:00:00Z")));
        run.Process(Of(Returned("clawback", "lead", "2026-03-10T12:00:00Z")));

        run.Entries.OfType<Adjustment>().Select(static a => $"{a.Contract} {a.Amount} {a.Reason.Code}").Should().Equal(
            $"buyer-a 0.00 EUR {ReversalCodes.TooLate}", "vendors -12.00 EUR adjustment.proportional");
    }

    // Each disposition before the lead was earned, while proof is missing, and what becomes of it.
    [Theory]
    [InlineData(Dispositions.Contacted, "pending", 0)]
    [InlineData(Dispositions.Qualified, "qualified", 20)]
    [InlineData(Dispositions.Won, "qualified", 20)]
    [InlineData(Dispositions.Lost, "qualified", 20)]
    [InlineData(Dispositions.Duplicate, "rejected", 0)]
    [InlineData(Dispositions.Unreachable, "qualified", 5)]
    public void A_disposition_that_comes_first_decides_what_is_earned(string grade, string decided, int earned)
    {
        CampaignRun run = Sold(1, static c => c.GradedBy(Dispositions.Usual(unreachable: 25.Percent))
            .TrustingHost("lead-reviewed"));
        run.Process(Of(new Graded
        {
            Id = new("g1"), Outcome = new("lead-0"), At = At("2026-03-04T12:00:00Z"), Grade = grade,
        }));
        run.Process(Proof("lead-0", "2026-03-04T13:00:00Z", "lead-reviewed"));

        run.State.Find(new("lead-0"))!.Decision!.Qualification.Match(
            static _ => "qualified", static _ => "pending", static _ => "rejected", static _ => "disputed")
            .Should().Be(decided, grade);
        run.Entries.Sum(static e => e.Amount.Amount).Should().Be(earned, grade);
    }

    [Fact]
    public void A_lead_that_was_contacted_pays_when_it_is_won()
    {
        CampaignRun run = Sold(1, static c => c.GradedBy(Dispositions.Usual(unreachable: 25.Percent))
            .TrustingHost("lead-reviewed"));
        run.Process(Proof("lead-0", "2026-03-04T09:00:00Z", "lead-reviewed"));
        run.Entries.Texts().Should().Equal("vendor 20.00 EUR");
        CampaignRun graded = Sold(1, static c => c.GradedBy(Dispositions.Usual(unreachable: 25.Percent))
            .TrustingHost("lead-reviewed"));
        graded.Process(Graded("g1", "2026-03-04T12:00:00Z", Dispositions.Contacted));
        graded.Process(Proof("lead-0", "2026-03-04T13:00:00Z", "lead-reviewed"));
        graded.Entries.Should().BeEmpty();
        graded.Process(Graded("g2", "2026-03-05T12:00:00Z", Dispositions.Won));

        graded.Entries.Texts().Should().Equal("vendor 20.00 EUR");
    }

    [Fact]
    public void The_time_for_returns_is_a_term()
    {
        TermJson.Parse(TermJson.Write(Returns), ReversalLimit.Read).Should().Be(Returns);
        TermJson.Write(Returns).Should().Contain("\"within\":\"3d\"");
        new ReversalLimitValidator().Validate(Returns).IsValid.Should().BeTrue();
        foreach (Duration wrong in (Duration[])
            [Duration.Zero, Duration.FromSeconds(-1), Duration.FromMilliseconds(1_500), Duration.FromDays(99_999)])
        {
            new ReversalLimitValidator().Validate(Returns with { Within = wrong }).Errors.Single().ErrorCode
                .Should().Be(ReversalCodes.Within);
        }
    }

    private static CampaignRun Sold(int count, Func<ClauseDraft, ClauseDraft>? terms = null)
    {
        ContractDraft contract = ContractDraft.For("buyer").PaidBy("buyer").WithPartner("vendor")
            .In(Currency.Eur, "Etc/UTC").Pays("lead", Pay.Fixed(20.Eur), terms);
        CampaignRun run = Run(
            (contract with { ReversalLimit = Returns }).ToCampaign(), Touch("vendor", "2026-03-01T09:00:00Z"));
        for (int i = 0; i < count; i++)
        {
            run.Process(Of(Lead($"lead-{i}", i)));
        }

        return run;
    }

    private static CampaignInput Graded(string id, string at, string grade) => Of(new Graded
    {
        Id = new(id), Outcome = new("lead-0"), At = At(at), Grade = grade,
    });

    private static Outcome Lead(string id, int number) =>
        Sale(id, "2026-03-03T12:00:00Z", customer: $"c{number}") with { Kind = "lead" };

    private static Retraction Returned(string id, string outcome, string at) => new()
    {
        Id = new(id), Outcome = new(outcome), At = At(at), Reason = CorrectionReason.Returned,
    };
}
