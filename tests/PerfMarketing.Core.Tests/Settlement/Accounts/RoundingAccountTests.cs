using FsCheck;
using FsCheck.Fluent;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Accounts;
using PerfMarketing.Tallies;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.Sample;
using Outcome = PerfMarketing.Events.Outcome;

namespace PerfMarketing.Tests.Settlement.Accounts;

/// <summary>What rounding and exchange add to what is owed, as accounts that balance with all others.</summary>
public sealed class RoundingAccountTests
{
    // 10 % of 0.06 are 0.006, posted as 0.01: each sale brings 0.004 more.
    [Fact]
    public void Rounding_adds_up_exactly_and_goes_with_what_comes_back()
    {
        (CampaignInput Input, string Balances)[] log =
        [
            (Of(Sale("o1", "2026-03-03T12:00:00Z", 0.06m.Eur)), "AdvertiserDue -0.01, Payable 0.01"),
            (Of(Sale("o2", "2026-03-04T12:00:00Z", 0.06m.Eur)),
                "AdvertiserDue -0.01, Payable 0.02, RoundingDelta -0.01"),
            (Of(Sale("o3", "2026-03-05T12:00:00Z", 0.06m.Eur)),
                "AdvertiserDue -0.02, Payable 0.03, RoundingDelta -0.01"),
            (Of(Retracted("r1", "o1", "2026-03-06T12:00:00Z")),
                "AdvertiserDue -0.01, Payable 0.02, RoundingDelta -0.01"),
            (Of(Retracted("r2", "o2", "2026-03-07T12:00:00Z")), "AdvertiserDue -0.01, Payable 0.01"),
            (Of(Retracted("r3", "o3", "2026-03-08T12:00:00Z")), string.Empty),
        ];

        Walk(Contract(Pay.RevenueShare(10.Percent)).ToCampaign().Build(), null, log);
    }

    // 10 % of 0.04 are 0.004, posted as nothing: the payer owes less, until a correction says that it is nothing.
    [Fact]
    public void What_was_rounded_to_nothing_is_owed_less_until_it_is_corrected()
    {
        (CampaignInput Input, string Balances)[] log =
        [
            (Of(Sale("o1", "2026-03-03T12:00:00Z", 0.04m.Eur)), string.Empty),
            (Of(Sale("o2", "2026-03-04T12:00:00Z", 0.04m.Eur)), "AdvertiserDue -0.01, RoundingDelta 0.01"),
            (Of(Retracted("r1", "o1", "2026-03-06T12:00:00Z")), string.Empty),
        ];

        Walk(Contract(Pay.RevenueShare(10.Percent)).ToCampaign().Build(), null, log);
    }

    // 0.045 for each: the month is rounded once, whatever the sales were rounded to.
    [Fact]
    public void What_is_rounded_by_period_is_rounded_once()
    {
        Campaign campaign = Contract(
            Pay.Fixed(Accrual.Parse("0.045 EUR")),
            static c => c.Rounded(RoundingMode.HalfAwayFromZero, RoundAt.Period)).ToCampaign().Build();
        (CampaignInput Input, string Balances)[] log =
        [
            .. Enumerable.Range(1, 5).Select(static i => (
                Of(Sale($"o{i}", $"2026-03-0{i}T12:00:00Z")),
                i switch
                {
                    1 => "AdvertiserDue -0.04, Payable 0.05, RoundingDelta -0.01",
                    2 => "AdvertiserDue -0.09, Payable 0.09",
                    3 => "AdvertiserDue -0.13, Payable 0.14, RoundingDelta -0.01",
                    4 => "AdvertiserDue -0.18, Payable 0.18",
                    _ => "AdvertiserDue -0.22, Payable 0.23, RoundingDelta -0.01",
                })),
        ];

        Walk(campaign, null, log);
    }

    // What is cut is cut to whole cents: 0.006 rounded to 0.01 and cut to nothing is nothing, however often.
    [Fact]
    public void What_a_limit_cuts_leaves_nothing_of_its_rounding()
    {
        Campaign campaign = Contract(
            Pay.RevenueShare(10.Percent),
            static c => c.LimitedTo(Limit.Spend(0.03m.Eur, PeriodUnit.Month).Or(LimitOverflow.PayZero)))
            .ToCampaign().Build();
        (CampaignInput Input, string Balances)[] log =
        [
            (Of(Sale("o1", "2026-03-03T12:00:00Z", 0.34m.Eur)), "AdvertiserDue -0.03, Payable 0.03"),
            (Of(Sale("o2", "2026-03-04T12:00:00Z", 0.06m.Eur)), "AdvertiserDue -0.03, Payable 0.03"),
            (Of(Sale("o3", "2026-03-05T12:00:00Z", 0.06m.Eur)), "AdvertiserDue -0.03, Payable 0.03"),
            (Of(Retracted("r2", "o2", "2026-03-06T12:00:00Z")), "AdvertiserDue -0.03, Payable 0.03"),
        ];

        Walk(campaign, null, log);
    }

    // 2.5 cents are posted as 3, of which the budget has 2: the payer owes two, whatever they were rounded from.
    [Fact]
    public void What_a_budget_leaves_is_owed_as_it_is()
    {
        Campaign campaign = Contract(Pay.RevenueShare(10.Percent)).ToCampaign()
            .BudgetedBy(new(new("monthly"), 0.02m.Eur, PeriodUnit.Month)
            {
                AtCap = CapBehavior.StopAndReject,
                OnExceeded = LimitOverflow.PayRemainder,
            }).Build();

        Walk(campaign, null, [
            (Of(Sale("o1", "2026-03-03T12:00:00Z", 0.25m.Eur)), "AdvertiserDue -0.02, Payable 0.02"),
        ]);
    }

    // 0.095 each, then 0.031 each from the third on, of which the limit pays only the first: three are worth 0.093.
    [Fact]
    public void What_a_falling_price_leaves_of_what_was_cut_is_rounded_once()
    {
        Campaign campaign = Contract(
            Pay.Volume(new(Accrual.Parse("0.095 EUR"), 3), new(Accrual.Parse("0.031 EUR"))),
            static c => c.Rounded(RoundingMode.HalfAwayFromZero, RoundAt.Period)
                .LimitedTo(Limit.Outcomes(1, PeriodUnit.Month).Or(LimitOverflow.PayZero))).ToCampaign().Build();
        (CampaignInput Input, string Balances)[] log =
        [
            (Of(Sale("o1", "2026-03-01T12:00:00Z")), "AdvertiserDue -0.09, Payable 0.10, RoundingDelta -0.01"),
            (Of(Sale("o2", "2026-03-02T12:00:00Z")), "AdvertiserDue -0.09, Payable 0.10, RoundingDelta -0.01"),
            (Of(Sale("o3", "2026-03-03T12:00:00Z")), "AdvertiserDue -0.09, Payable 0.09"),
        ];

        Walk(campaign, null, log);
    }

    // 10 % of 0.10 USD at 0.6 are 0.006 EUR.
    [Fact]
    public void What_was_converted_has_an_account_of_its_own()
    {
        RateSnapshot rate = new("ecb-1", Currency.Usd, Currency.Eur, 0.6m, "ecb", At("2026-03-03T00:00:00Z"));
        (CampaignInput Input, string Balances)[] log =
        [
            (Of(Sale("o1", "2026-03-03T12:00:00Z", 0.10m.Usd)), "AdvertiserDue -0.01, Payable 0.01"),
            (Of(Sale("o2", "2026-03-03T13:00:00Z", 0.10m.Usd)), "AdvertiserDue -0.01, Payable 0.02, FxDelta -0.01"),
            (Of(Sale("o3", "2026-03-03T14:00:00Z", 0.06m.Eur)), "AdvertiserDue -0.02, Payable 0.03, FxDelta -0.01"),
            (Of(Retracted("r1", "o1", "2026-03-06T12:00:00Z")), "AdvertiserDue -0.02, Payable 0.02"),
        ];

        Walk(
            Contract(Pay.RevenueShare(10.Percent)).Converting(new("ecb")).ToCampaign().Build(),
            new([new RecordedRate(rate, At("2026-03-03T01:00:00Z"))]),
            log);
    }

    // The second rate is another one; what comes back goes by the first. Nothing is posted in dollars.
    [Fact]
    public void Every_group_of_a_converted_earning_cites_its_rate_and_is_of_one_currency()
    {
        RateSnapshot[] rates =
        [
            new("ecb-1", Currency.Usd, Currency.Eur, 0.6m, "ecb", At("2026-03-03T00:00:00Z")),
            new("ecb-2", Currency.Usd, Currency.Eur, 0.9m, "ecb", At("2026-03-06T00:00:00Z")),
        ];
        Campaign campaign =
            Contract(Pay.RevenueShare(10.Percent)).Converting(new("ecb")).ToCampaign().Build();
        AccountBook book = new(campaign);
        CampaignRun run = new(
            campaign, new OneTouch(), rates: new([.. rates.Select(static r => new RecordedRate(r, r.At))]))
        {
            Recorded = book.Post,
        };
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 33.33m.Usd)));
        run.Process(Of(Returned("r1", "o1", "2026-03-06T12:00:00Z", 11.11m.Usd)));
        run.Process(Of(Retracted("r2", "o1", "2026-03-07T12:00:00Z")));

        EntryGroup[] entered = [.. book.Groups.Where(static g => g.Cause == GroupCause.Entered)];
        entered.Should().HaveCount(3).And.OnlyContain(g => g.Rates.Single() == rates[0]);
        entered.SelectMany(static g => g.Postings).Should().OnlyContain(static p => p.Amount.Currency == Currency.Eur);
        book.ToTrialBalance().Balances.Should().BeEmpty();
        foreach (EntryGroup group in entered)
        {
            TermReader.Read(TermNode.Of(group), [], EntryGroup.Read).Should().Be(group);
        }
    }

    // Sharing out whole cents gives some partners more and others less.
    [Fact]
    public void Sharing_out_whole_cents_is_nothing_over_all_partners()
    {
        Campaign campaign = Contract(Pay.Fixed(0.01m.Eur)).ToCampaign().AttributedBy(new Linear()).Build();
        AccountBook book = new(campaign);
        CampaignRun run = Run(
            campaign, Touch("p-blog", "2026-03-01T09:00:00Z"), Touch("p-mail", "2026-03-02T09:00:00Z"));
        for (int i = 1; i <= 9; i++)
        {
            book.Post(run.Process(Of(Sale($"o{i}", $"2026-03-0{i}T12:00:00Z"))).Records);
        }

        TrialBalance trial = book.ToTrialBalance();
        trial.Balances.Select(static b => $"{b.Account.Partner} {b.Account.Kind} {b.Balance.Amount}").Should().Equal(
            "p-blog AdvertiserDue -0.05", "p-blog Payable 0.09", "p-blog RoundingDelta -0.04",
            "p-mail AdvertiserDue -0.04", "p-mail RoundingDelta 0.04");
        trial.IsBalanced.Should().BeTrue();
    }

    // 10 % of 0.25 are 2.5 cents, posted as 3. Of three with a cent left each a half of rounding stands exactly.
    [Fact]
    public void Order_in_which_parts_come_back_does_not_matter() => Prop.ForAll(
        Gen.Choose(1, 8).SelectMany(static n => Gen.Shuffle(
            Enumerable.Range(0, (18 * n) + 9).SelectMany(static i => (int[])[i, i]).ToArray())).ToArbitrary(),
        static order =>
        {
            int count = order.Length / 2;
            string inTurn = BalancesAfter(count, [.. Enumerable.Range(0, count).SelectMany(static i => (int[])[i, i])]);
            BalancesAfter(count, order).Should().Be(inTurn);
            inTurn.Should().EndWith($"RoundingDelta -0.{(count + 3) / 6:00}", "a half is rounded away from nothing");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60).WithReplay(20_261_122, 1));

    private static string BalancesAfter(int count, int[] returned)
    {
        Campaign campaign = Contract(Pay.RevenueShare(10.Percent)).ToCampaign().Build();
        AccountBook book = new(campaign);
        CampaignRun run = new(campaign, new OneTouch()) { Recorded = book.Post };
        for (int i = 0; i < count; i++)
        {
            run.Process(Of(Sale($"o{i}", "2026-03-03T12:00:00Z", 0.25m.Eur)));
        }

        HashSet<int> begun = [];
        for (int i = 0; i < returned.Length; i++)
        {
            Money part = begun.Add(returned[i]) ? 0.08m.Eur : 0.07m.Eur;
            run.Process(Of(Returned($"r{i}", $"o{returned[i]}", "2026-03-04T12:00:00Z", part)));
        }

        return string.Join(
            ", ", book.ToTrialBalance().Balances.Select(static b => $"{b.Account.Kind} {b.Balance.Amount}"));
    }

    private static void Walk(Campaign campaign, RateBook? rates, (CampaignInput Input, string Balances)[] log)
    {
        AccountBook book = new(campaign);
        CampaignRun run = new(campaign, new OneTouch(), rates: rates) { Recorded = book.Post };
        foreach ((CampaignInput input, string balances) in log)
        {
            run.Process(input);
            TrialBalance trial = book.ToTrialBalance();
            string.Join(", ", trial.Balances.Select(static b => $"{b.Account.Kind} {b.Balance.Amount}")).Should()
                .Be(balances, "after {0}", input.OutcomeId);
            trial.IsBalanced.Should().BeTrue();
        }
    }

    private sealed class OneTouch : IJourneySource
    {
        public Journey Find(Outcome outcome) => new(new[] { Touch("p-blog", "2026-03-01T09:00:00Z") });
    }
}
