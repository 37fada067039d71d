using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Postbacks;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement.Postbacks;

public sealed class PostbackTests
{
    private const string Day = "2026-03-02T10:00:00Z";

    private static readonly Journey Touches = new(new[]
    {
        Touch("p-mail", "2026-03-01T08:00:00Z") with { Facts = FactSet.Empty.With(Facts.SubId(1), "mail-7") },
        Touch("p-blog", "2026-03-01T09:00:00Z") with { Facts = FactSet.Empty.With(Facts.SubId(1), "blog-3") },
    });

    [Fact]
    public void Partner_is_told_of_each_change_of_its_own_share()
    {
        Story story = new(Contract(Pay.RevenueShare(10.Percent), static c => c.TrustingHost("order-paid"))
            .ToCampaign());

        story.Tell(story.Decider.Receive(story.State, Sale("o1", Day, 200.Eur), [], Touches, At(Day)));
        story.Tell(story.Decider.AddEvidence(
            story.State, new("o1"), EvidenceVerdict.Asserted("order-paid", new("psp"), At(Day)), Touches, At(Day)));
        story.Tell(story.Decider.Correct(story.State, Returned("r1", "o1", Day, 50.Eur), Touches, At(Day)));
        story.Tell(story.Decider.Correct(story.State, Retracted("r2", "o1", Day), Touches, At(Day)));

        story.Told.Should().Equal(
            "p-blog pending payout= net= sub=blog-3",
            "p-blog approved payout=20.00 net=20.00 sub=blog-3",
            "p-blog adjusted payout=-5.00 net=15.00 sub=blog-3",
            "p-blog reversed payout=-15.00 net=0.00 sub=blog-3");
        story.Calls.Select(static c => c.Id).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Same_input_again_tells_nobody()
    {
        Story story = new(Contract(Pay.RevenueShare(10.Percent)).ToCampaign());

        story.Tell(story.Decider.Receive(story.State, Sale("o1", Day, 200.Eur), [], Touches, At(Day)));
        story.Tell(story.Decider.Receive(story.State, Sale("o1", Day, 200.Eur), [], Touches, At(Day)));

        story.Told.Should().HaveCount(1);
    }

    [Fact]
    public void Id_follows_from_what_is_told()
    {
        Postback One()
        {
            Story story = new(Contract(Pay.RevenueShare(10.Percent)).ToCampaign());
            story.Tell(story.Decider.Receive(story.State, Sale("o1", Day, 200.Eur), [], Touches, At(Day)));
            return story.Calls.Single();
        }

        One().Id.Should().Be(One().Id).And.MatchRegex("^[0-9a-f]{32}$");
    }

    [Fact]
    public void Each_partner_of_a_split_is_told_its_own_payout_and_touch()
    {
        Story story = new(Contract(Pay.RevenueShare(10.Percent)).ToCampaign().AttributedBy(new Linear()));

        story.Tell(story.Decider.Receive(story.State, Sale("o1", Day, 200.Eur), [], Touches, At(Day)));

        story.Told.Should().BeEquivalentTo(
            "p-mail approved payout=10.00 net=10.00 sub=mail-7", "p-blog approved payout=10.00 net=10.00 sub=blog-3");
    }

    [Fact]
    public void Nobody_is_told_what_the_advertiser_pays_the_network()
    {
        // The advertiser pays the network 20 %, of which the network gives the blog half.
        CampaignDraft chain = ContractDraft.For("net").PaidBy("acme").WithPartner("network").OnResultsOf("p-blog")
            .In(Currency.Eur, "Europe/Berlin").Pays("sale", Pay.RevenueShare(20.Percent)).ToCampaign()
            .With(ContractDraft.For("blog").PaidBy("network").WithPartner("p-blog")
                .In(Currency.Eur, "Europe/Berlin").Pays("sale", Pay.RevenueShare(10.Percent)));
        Story story = new(chain);

        story.Tell(story.Decider.Receive(story.State, Sale("o1", Day, 200.Eur), [], Touches, At(Day)));

        story.Told.Should().Equal("p-blog approved payout=20.00 net=20.00 sub=blog-3");
        story.Calls.Single().Address.Should().NotContain("40").And.NotContain("200");
    }

    [Fact]
    public void Tests_are_not_told()
    {
        Story story = new(Contract(Pay.RevenueShare(10.Percent)).ToCampaign());

        story.Tell(story.Decider.Receive(
            story.State, Sale("o1", Day, 200.Eur) with { IsTest = true }, [], Touches, At(Day)));

        story.Told.Should().BeEmpty();
    }

    [Fact]
    public void Only_states_that_were_asked_for_are_told()
    {
        Story story = new(Contract(Pay.RevenueShare(10.Percent)).ToCampaign(), PostbackState.Reversed);

        story.Tell(story.Decider.Receive(story.State, Sale("o1", Day, 200.Eur), [], Touches, At(Day)));
        story.Tell(story.Decider.Correct(story.State, Retracted("r2", "o1", Day), Touches, At(Day)));

        story.Told.Should().Equal("p-blog reversed payout=-20.00 net=0.00 sub=blog-3");
    }

    [Fact]
    public void Refusal_for_want_of_proof_is_told_with_its_code()
    {
        Story story = new(Contract(
                Pay.RevenueShare(10.Percent),
                static c => c.TrustingHost("order-paid", within: NodaTime.Duration.FromDays(1)))
            .ToCampaign());

        story.Tell(story.Decider.Receive(story.State, Sale("o1", Day, 200.Eur), [], Touches, At(Day)));
        story.Tell(story.Decider.Review(story.State, new("o1"), Touches, At("2026-03-04T10:00:00Z")));

        story.Told.Should().Equal(
            "p-blog pending payout= net= sub=blog-3", "p-blog rejected payout= net= sub=blog-3");
        story.Calls[1].Facts.Reason.Should().Be(ProofReasons.Expired);
    }

    /// <summary>A campaign, its decisions, and what its partners are told of them.</summary>
    private sealed class Story
    {
        private readonly Campaign campaign;
        private readonly PostbackTerms[] targets;

        public Story(CampaignDraft draft, params PostbackState[] on)
        {
            campaign = draft.Build();
            State = new(campaign);
            Decider = new(campaign);
            targets = [.. new[] { "p-blog", "p-mail" }.Select(partner => new PostbackTerms
            {
                Name = partner,
                Partner = new(partner),
                Address = PostbackTemplate.Parse(
                    "https://t.example/?{partner} {state} payout={payout} net={net} sub={subid1}"
                        .Replace(' ', '+')),
                On = on.Length > 0 ? [.. on] : [.. Enum.GetValues<PostbackState>()],
            })];
        }

        public CampaignState State { get; }

        public CampaignDecider Decider { get; }

        public List<Postback> Calls { get; } = [];

        public IEnumerable<string> Told => Calls.Select(static c => c.Address.Split('?')[1].Replace('+', ' '));

        public void Tell(Decision decision) => Calls.AddRange(Postback.Of(campaign, targets, decision, Touches));
    }
}
