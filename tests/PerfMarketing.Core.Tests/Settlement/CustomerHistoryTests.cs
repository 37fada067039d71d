using FluentValidation;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

public sealed class CustomerHistoryTests
{
    private static readonly TermCatalog Catalog = TermCatalog.Default with
    {
        Models = PayoutModelCatalog.Default.With(
            "acme.looking",
            static (terms, _) => new Looking(terms.Value<Money>("amount")),
            new InlineValidator<Looking>()),
    };

    [Fact]
    public void Earnings_that_stand_count_from_the_first_that_occurred()
    {
        CampaignRun run = RunOf(new Looking(10.Eur));

        run.Process(Of(Sale("o2", "2026-03-04T12:00:00Z", 100.Eur)));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur)));
        run.Process(Of(Sale("o3", "2026-03-05T12:00:00Z", 100.Eur, customer: "c2")));

        HistoryOf(run, "c1").Should().Be(new CustomerHistory(2, At("2026-03-03T12:00:00Z")));
        HistoryOf(run, "c2").Should().Be(new CustomerHistory(1, At("2026-03-05T12:00:00Z")));
        HistoryOf(run, "c3").Should().Be(default(CustomerHistory));
    }

    [Fact]
    public void What_is_taken_back_in_full_does_not_count_until_it_is_given_back()
    {
        CampaignRun run = RunOf(new Looking(10.Eur));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur)));
        run.Process(Of(Sale("o2", "2026-03-04T12:00:00Z", 100.Eur)));

        run.Process(Of(Returned("r1", "o2", "2026-03-05T12:00:00Z", 40.Eur)));
        run.Process(Of(Retracted("r2", "o1", "2026-03-05T12:00:00Z")));

        HistoryOf(run, "c1").Should().Be(new CustomerHistory(1, At("2026-03-04T12:00:00Z")));
    }

    [Fact]
    public void Customers_are_kept_only_where_the_clause_asks_for_them()
    {
        CampaignRun run = RunOf(Pay.Fixed(10.Eur));

        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur))).Posted.OfType<Earning>().Single()
            .Customer.Should().BeNull();

        HistoryOf(run, "c1").Should().Be(default(CustomerHistory));
    }

    private static CampaignRun RunOf(PayoutModel pays) =>
        Run(Contract(pays).ToCampaign().Build(Catalog), Touch("p-blog", "2026-01-01T09:00:00Z"));

    private static CustomerHistory HistoryOf(CampaignRun run, string customer) =>
        run.State.HistoryOf(new("acme-2026"), new("sale"), new("p-blog"), new CustomerId(customer));

    /// <summary>A fixed price whose model says that it reads what the customer brought before.</summary>
    private sealed record Looking(Money Amount) : PayoutModel
    {
        public override string Tag => "acme.looking";

        public override bool ReadsHistory => true;

        protected override void ComputeCore(in PayoutContext context, PayoutSheet sheet) =>
            sheet.Add(new(Tag, Amount));

        protected override void WriteCore(TermWriter terms) => terms.Value("amount", Amount);
    }
}
