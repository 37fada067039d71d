using NodaTime;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Tests.Settlement;
using PerfMarketing.Workflows;
using static PerfMarketing.Tests.Settlement.Sample;
using static PerfMarketing.Tests.Workflows.LiveHost;

namespace PerfMarketing.Tests.Workflows;

public sealed class ConversionWorkflowTests
{
    private static CampaignDraft Proven => Contract(
        Pay.Fixed(10.Eur), c => c.TrustingHost("order-paid", within: Duration.FromDays(10))).ToCampaign();

    [Fact]
    public async Task Sale_is_credited_priced_and_stored_in_its_streams()
    {
        LiveHost host = new(Contract(Pay.Fixed(10.Eur)).AttributedBy(new Linear()).BudgetedAt(monthly: 100.Eur));
        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"), Click("p-mail", "2026-03-02T09:00:00Z"));

        ConversionReport report = await host.ProcessAsync(
            Sale("o1", "2026-03-03T12:00:00Z") with { OrderId = new("A/1") });

        report.Answer.Should().Be(DecisionAnswer.Decided);
        report.Qualification.Should().BeOfType<Qualification.Qualified>();
        report.Posted.Texts().Should().Equal("p-blog 5.00 EUR", "p-mail 5.00 EUR");
        report.Earnings.Texts().Should().Equal("p-blog 5.00 EUR", "p-mail 5.00 EUR");
        report.BudgetEntries.Should().ContainSingle().Which.Amount.Should().Be(10.Eur);
        host.Streams().Should().Equal(
            $"{StreamId.OfClaim(new("acme"), new("A/1"))} 1",
            "acme-2026/budget/monthly/2026-03 1",
            "acme-2026/ledger/acme-2026/p-blog 1",
            "acme-2026/ledger/acme-2026/p-mail 1",
            "acme-2026/order/A%2F1 1",
            "acme-2026/outcome/o1 2");
        host.Ledger.Outbox.Select(m => (m.Topic, m.Entry)).Should()
            .Equal(report.Posted.Select(e => ("earning", e.Id)));
    }

    [Fact]
    public async Task Repetition_gets_the_original_answer_and_other_content_is_a_conflict()
    {
        LiveHost host = new(Contract(Pay.RevenueShare(10.Percent)).ToCampaign());
        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));
        ConversionReport first = await host.ProcessAsync(Sale("o1", "2026-03-03T12:00:00Z", 50.Eur));
        string[] before = host.Streams();

        ConversionReport again = await host.ProcessAsync(Sale("o1", "2026-03-03T12:00:00Z", 50.Eur));
        ConversionReport other = await host.ProcessAsync(Sale("o1", "2026-03-03T12:00:00Z", 60.Eur));

        again.Answer.Should().Be(DecisionAnswer.Replayed);
        again.Earnings.Texts().Should().Equal("p-blog 5.00 EUR");
        again.Receipt.Should().NotBeNull().And.Be(first.Receipt);
        again.Records.Should().BeEquivalentTo(first.Records);
        other.Answer.Should().Be(DecisionAnswer.Conflict);
        other.Reasons.Select(r => r.Code).Should().Equal(SettlementReasons.Conflict);
        other.Posted.Should().BeEmpty();
        host.Streams().Except(before).Should().Equal("acme-2026/outcome/o1 3");
    }

    [Fact]
    public async Task Evidence_that_comes_with_a_repetition_is_not_lost()
    {
        LiveHost host = new(Proven);
        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));
        EvidenceInput evidence = Evidence("psp-1", "2026-03-03T12:00:00Z");
        await host.ProcessAsync(Sale("o1", "2026-03-03T12:00:00Z"));

        ConversionReport proven = await host.ProcessAsync(Sale("o1", "2026-03-03T12:00:00Z"), evidence);
        ConversionReport again = await host.ProcessAsync(Sale("o1", "2026-03-03T12:00:00Z"), evidence);

        proven.Posted.Texts().Should().Equal("p-blog 10.00 EUR");
        again.Answer.Should().Be(DecisionAnswer.Replayed);
        host.Ledger.Entries.Should().ContainSingle();
    }

    [Fact]
    public async Task Outcome_waits_for_its_proof_and_says_until_when()
    {
        LiveHost host = new(Proven.BudgetedAt(monthly: 15.Eur, CapBehavior.StopAndReject));
        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));

        ConversionReport waiting = await host.ProcessAsync(Sale("o1", "2026-03-03T12:00:00Z"));
        ConversionReport refused = await host.ProcessAsync(Sale("o2", "2026-03-03T13:00:00Z"));
        ConversionReport early = await host.ReviewAsync("o1", "2026-03-13T11:59:59Z");
        ConversionReport expired = await host.ReviewAsync("o1", "2026-03-13T12:00:00Z");
        ConversionReport free = await host.ProcessAsync(
            Sale("o3", "2026-03-13T13:00:00Z"), Evidence("psp-3", "2026-03-13T13:00:00Z"));

        waiting.Qualification.Should().BeOfType<Qualification.Pending>();
        waiting.ReviewAt.Should().Be(At("2026-03-13T12:00:00Z"));
        refused.Reasons.Select(r => r.Code).Should().Equal(SettlementReasons.OverBudget);
        early.Records.Should().BeEmpty();
        expired.Qualification.Should().BeOfType<Qualification.Rejected>();
        expired.ReviewAt.Should().BeNull();
        free.Posted.Texts().Should().Equal("p-blog 10.00 EUR");
    }

    [Fact]
    public async Task Evidence_may_come_before_its_outcome()
    {
        LiveHost host = new(Proven);
        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));

        ConversionReport first = await host.ProveAsync("o1", Evidence("psp-1", "2026-03-03T11:00:00Z"));
        ConversionReport second = await host.ProcessAsync(Sale("o1", "2026-03-03T12:00:00Z"));

        first.Qualification.Should().BeOfType<Qualification.Pending>().Which.Reasons.Single().Code
            .Should().Be(WorkflowReasons.OutcomeAwaited);
        second.Posted.Texts().Should().Equal("p-blog 10.00 EUR");
    }

    [Fact]
    public async Task Evidence_in_an_unknown_scheme_proves_nothing()
    {
        LiveHost host = new(Proven);
        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));
        EvidenceInput strange = new()
        {
            Kind = "order-paid",
            Scheme = "acme.seal",
            Id = new EvidenceId("psp-1"),
            ReceivedAt = At("2026-03-03T12:00:00Z"),
        };

        ConversionReport report = await host.ProcessAsync(Sale("o1", "2026-03-03T12:00:00Z"), strange);

        report.Qualification.Should().BeOfType<Qualification.Pending>().Which.Reasons.Single().Code
            .Should().Be(ProofReasons.UnknownScheme);
    }

    [Fact]
    public async Task Correction_takes_back_what_was_earned_and_frees_the_budget()
    {
        LiveHost host = new(Contract(Pay.RevenueShare(10.Percent))
            .AttributedBy(new Linear()).BudgetedAt(monthly: 10.Eur, CapBehavior.StopAndReject));
        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"), Click("p-mail", "2026-03-02T09:00:00Z"));
        await host.ProcessAsync(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur));

        ConversionReport half = await host.CorrectAsync(Returned("r1", "o1", "2026-03-10T12:00:00Z", 50.Eur));
        ConversionReport again = await host.CorrectAsync(Returned("r1", "o1", "2026-03-10T12:00:00Z", 50.Eur));
        ConversionReport next = await host.ProcessAsync(Sale("o2", "2026-03-11T12:00:00Z", 50.Eur));

        half.Adjustments.Texts().Should().Equal("p-blog -2.50 EUR", "p-mail -2.50 EUR");
        half.Earnings.Texts().Should().Equal("p-blog 5.00 EUR", "p-mail 5.00 EUR");
        again.Answer.Should().Be(DecisionAnswer.Replayed);
        next.Posted.Texts().Should().Equal("p-blog 2.50 EUR", "p-mail 2.50 EUR");
    }

    [Fact]
    public async Task Correction_of_an_unsound_outcome_is_kept_and_moves_nothing()
    {
        LiveHost host = new(Contract(Pay.Fixed(10.Eur)).ToCampaign());
        await host.ProcessAsync(Sale("o1", "2026-03-03T12:00:00Z") with { Quantity = -1 });

        ConversionReport report = await host.CorrectAsync(Retracted("r1", "o1", "2026-03-10T12:00:00Z"));

        report.Records.Should().ContainSingle().Which.Should().BeOfType<CorrectionReceived>();
        report.Reasons.Single().Code.Should().Be(SettlementReasons.Invalid);
    }

    [Fact]
    public async Task Second_outcome_with_an_order_id_is_refused()
    {
        LiveHost host = new(Contract(Pay.Fixed(10.Eur)).ToCampaign());
        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));
        await host.ProcessAsync(Sale("o1", "2026-03-03T12:00:00Z") with { OrderId = new("A-1"), IsTest = true });
        await host.ProcessAsync(Sale("o2", "2026-03-03T12:00:00Z") with { OrderId = new("A-1") });

        ConversionReport report = await host.ProcessAsync(
            Sale("o3", "2026-03-04T12:00:00Z") with { OrderId = new("A-1") });

        report.Reasons.Should().ContainSingle().Which.ToString().Should()
            .Be("outcome.duplicate-order (order: A-1, first: o2)");
        host.Ledger.Entries.Should().ContainSingle();
    }

    [Fact]
    public async Task Tally_of_earlier_outcomes_counts()
    {
        LiveHost host = new(Contract(Pay.Tiered(new(2m.Eur, UpTo: 1), new(1m.Eur))).ToCampaign());
        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));

        await host.ProcessAsync(Sale("o1", "2026-03-03T12:00:00Z"));
        await host.ProcessAsync(Sale("o2", "2026-03-04T12:00:00Z"));
        await host.ProcessAsync(Sale("o3", "2026-04-04T12:00:00Z"));

        host.Ledger.Entries.Texts().Should().Equal("p-blog 2.00 EUR", "p-blog 1.00 EUR", "p-blog 2.00 EUR");
    }

    [Fact]
    public async Task Journey_is_cut_at_the_customers_outcome_before()
    {
        LiveHost host = new(Contract(Pay.Fixed(10.Eur)).AttributedBy(new LastTouch { CutAtConversion = true }));
        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));

        await host.ProcessAsync(Sale("o1", "2026-03-03T12:00:00Z"));
        ConversionReport second = await host.ProcessAsync(Sale("o2", "2026-03-04T12:00:00Z"));
        ConversionReport stranger = await host.ProcessAsync(Sale("o3", "2026-03-04T12:00:00Z", customer: "c2"));

        second.Reasons.Single().ToString().Should().Be("attribution.no-touch (touches: 1, before-cut: 1)");
        stranger.Reasons.Single().ToString().Should().Be("attribution.no-touch (touches: 0)");
    }

    [Fact]
    public async Task Outcome_without_a_customer_is_credited_by_the_click_it_names()
    {
        LiveHost host = new(Contract(Pay.Fixed(10.Eur)).AttributedBy(new ReferencedTouch()));
        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z", "anonymous"));

        ConversionReport report = await host.ProcessAsync(Sale("o1", "2026-03-03T12:00:00Z") with
        {
            Customer = null,
            Touch = new TouchpointId("p-blog-anonymous-2026-03-01T09:00:00Z"),
        });

        report.Posted.Texts().Should().Equal("p-blog 10.00 EUR");
    }

    [Fact]
    public async Task Late_touch_counts_for_what_still_waits()
    {
        LiveHost host = new(Proven);
        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));
        await host.ProcessAsync(Sale("o1", "2026-03-03T12:00:00Z"));
        await host.RecordAsync(
            Click("p-mail", "2026-03-02T09:00:00Z") with { RecordedAt = At("2026-03-04T12:00:00Z") });

        ConversionReport report = await host.ProveAsync("o1", Evidence("psp-1", "2026-03-05T12:00:00Z"));

        report.Posted.Texts().Should().Equal("p-mail 10.00 EUR");
    }

    [Fact]
    public async Task Retraction_finds_earnings_under_a_contract_that_no_longer_names_the_partner()
    {
        ContractDraft contract = Contract(Pay.Fixed(10.Eur));
        LiveHost host = new(contract.ToCampaign());
        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));
        await host.ProcessAsync(Sale("o1", "2026-03-03T12:00:00Z"));
        ContractDraft without = contract with { Version = 2, Partners = [new("p-mail")] };
        host.Campaigns.Put(contract.ToCampaign().With(without).Build());
        await host.ReviewAsync("o1", "2026-03-04T12:00:00Z");

        ConversionReport report = await host.CorrectAsync(Retracted("r1", "o1", "2026-03-05T12:00:00Z"));

        report.Adjustments.Texts().Should().Equal("p-blog -10.00 EUR");
    }

    [Fact]
    public async Task What_does_not_exist_is_named()
    {
        LiveHost host = new(Proven);

        Func<Task> unknown = () => host.Conversions.ReviewAsync(
            new("nobody"), new("o1"), At("2026-03-03T12:00:00Z"), CancellationToken.None).AsTask();
        Func<Task> nameless = () => host.ProcessAsync(Sale("o1", "2026-03-03T12:00:00Z") with { Id = default });

        (await unknown.Should().ThrowAsync<CampaignUnknownException>())
            .Which.Campaign.Should().Be(new CampaignId("nobody"));
        await nameless.Should().ThrowAsync<ArgumentException>();
        (await host.ReviewAsync("o1", "2026-03-03T12:00:00Z")).Records.Should().BeEmpty();
    }
}
