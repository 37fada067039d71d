using Microsoft.Extensions.DependencyInjection;
using PerfMarketing.Campaigns;
using PerfMarketing.DependencyInjection;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Traffic;
using PerfMarketing.Settlement;
using PerfMarketing.Testing;
using PerfMarketing.Workflows;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Workflows;

public sealed class TrafficClassifierTests
{
    private static readonly TrafficTerms Listed = new()
    {
        Rules = [new(TrafficRuleKind.Classified) { Values = ["data-centre"], Then = TrafficAction.Reject }],
    };

    private static readonly TrafficSource Suspect = new("192.0.2.7", "Mozilla/5.0");

    [Fact]
    public async Task Lists_are_asked_before_the_decision_and_their_answer_is_kept()
    {
        (LiveHost host, MemoryTrafficClassifier lists) = await StartAsync(Listed);
        lists.Put("192.0.2.7", "vpn", "data-centre");

        ConversionReport report = await ProcessAsync(host, lists, "o1", Suspect);

        report.Reasons.Select(static r => r.ToString()).Should().Contain("traffic.classified (class: data-centre)");
        EvidenceVerdict kept = report.Records.OfType<EvidenceReceived>().Single().Verdict;
        kept.Kind.Should().Be(TrafficEvidence.Classified);
        kept.Claims.Select(static c => c.Value).Should().Equal("data-centre", "vpn");
        TermJsonOf(report).Should().NotContain("192.0.2.7").And.NotContain("Mozilla");

        lists.Put("192.0.2.7");
        ConversionReport again = await ProcessAsync(host, lists, "o1", Suspect);
        again.Answer.Should().Be(DecisionAnswer.Replayed, "what lists say now changes nothing");
        again.IsRepetition.Should().BeTrue();
        again.State.Verdicts.Should().ContainSingle();
        (await host.ReviewAsync("o1", "2026-03-09T12:00:00Z")).Qualification.Should()
            .BeOfType<Qualification.Rejected>("the kept answer is what counts");

        (await host.Conversions.AddVerdictAsync(
            host.Campaign.Id, new("o1"), TrafficEvidence.Clear(new("c1"), At("2026-03-10T12:00:00Z")),
            At("2026-03-10T12:00:00Z"), CancellationToken.None)).Posted.Texts().Should().Equal("p-blog 10.00 EUR");
    }

    [Fact]
    public async Task The_same_records_decide_the_same_in_a_batch()
    {
        (LiveHost host, MemoryTrafficClassifier lists) = await StartAsync(Listed);
        lists.Put("192.0.2.7", "data-centre");
        ConversionReport live = await ProcessAsync(host, lists, "o1", Suspect);
        EvidenceVerdict kept = live.State.Verdicts.Single();

        CampaignRun batch = Run(host.Campaign, Touch("p-blog", "2026-03-03T09:00:00Z"));
        batch.Process(new CampaignInput.OfEvidence(new("o1"), kept));
        batch.Process(Of(live.State.Outcome!));

        batch.State.Find(new("o1"))!.Decision!.Qualification.Should().Be(live.Qualification);
    }

    [Fact]
    public async Task Nobody_is_asked_where_no_rule_goes_by_lists_or_no_source_is_known()
    {
        (LiveHost host, MemoryTrafficClassifier lists) = await StartAsync(Listed);
        await ProcessAsync(host, lists, "o1", null);
        (LiveHost other, MemoryTrafficClassifier unasked) = await StartAsync(null);
        await ProcessAsync(other, unasked, "o1", Suspect);

        (lists.AskedCount, unasked.AskedCount).Should().Be((0, 0));
    }

    [Fact]
    public async Task An_answer_that_is_none_decides_nothing()
    {
        (LiveHost host, _) = await StartAsync(Listed);

        Func<Task> run = () => ProcessAsync(host, new Silent(), "o1", Suspect);

        await run.Should().ThrowAsync<InvalidOperationException>();
        host.Streams().Should().BeEmpty();
    }

    [Fact]
    public void A_host_registers_its_lists()
    {
        using ServiceProvider services = new ServiceCollection()
            .AddPerfMarketing(static b => b.UseMemory().UseTrafficClassifier<MemoryTrafficClassifier>())
            .BuildServiceProvider(validateScopes: true);
        using IServiceScope scope = services.CreateScope();

        scope.ServiceProvider.GetRequiredService<ConversionWorkflow>().Traffic.Should()
            .BeOfType<MemoryTrafficClassifier>();
    }

    private static string TermJsonOf(ConversionReport report) =>
        string.Join('\n', report.Records.Select(static r => PerfMarketing.Serialization.TermJson.Write(r)));

    private static async Task<(LiveHost Host, MemoryTrafficClassifier Lists)> StartAsync(TrafficTerms? terms)
    {
        LiveHost host = new((Contract(Pay.Fixed(10.Eur)) with { Traffic = terms }).ToCampaign());
        await host.RecordAsync(LiveHost.Click("p-blog", "2026-03-03T09:00:00Z"));
        return (host, new());
    }

    private static async Task<ConversionReport> ProcessAsync(
        LiveHost host, ITrafficClassifier lists, string id, TrafficSource? source)
    {
        ConversionWorkflow workflow = new(host.Ports, new EvidenceVerifier(new MemoryProofKeys()))
        {
            Traffic = lists,
        };
        Outcome sale = Sale(id, "2026-03-03T12:00:00Z", 100.Eur);
        return await workflow.ProcessAsync(
            host.Campaign.Id, sale, [], source, sale.RecordedAt, CancellationToken.None);
    }

    private sealed class Silent : ITrafficClassifier
    {
        public ValueTask<ValueList<ValueList<string>>> ClassifyAsync(
            ValueList<TrafficSource> sources, CancellationToken cancellationToken) =>
            new(ValueList<ValueList<string>>.Empty);
    }
}
