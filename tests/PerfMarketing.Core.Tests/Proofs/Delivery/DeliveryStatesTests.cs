using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Delivery;

namespace PerfMarketing.Tests.Proofs.Delivery;

public sealed class DeliveryStatesTests
{
    [Theory]
    [MemberData(nameof(DeliveryVectors.All), MemberType = typeof(DeliveryVectors))]
    public void A_status_means_what_the_table_says(string table, string status, string outcome, bool isFinal)
    {
        DeliveryTable found = DeliveryStates.Find(table)!;

        foreach (string sent in status.Split(' '))
        {
            EnumText.Of(found.Find(sent).Outcome).Should().Be(outcome, sent);
            found.Find(sent).IsFinal.Should().Be(isFinal, sent);
            found.Find(sent.ToUpperInvariant()).Outcome.Should().Be(found.Find(sent).Outcome);
        }
    }

    [Fact]
    public void The_tables_hold_what_the_vectors_hold_and_no_more()
    {
        var named = DeliveryVectors.All
            .Select(static row => (Table: (string)row[0], Statuses: ((string)row[1]).Split(' ')))
            .SelectMany(static row => row.Statuses.Select(status => (row.Table, status)));

        DeliveryStates.All.SelectMany(static table => table.Statuses.Select(s => (table.Name, s.Status)))
            .Should().BeEquivalentTo(named);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("DELIVRD ")]
    [InlineData(" DELIVRD")]
    [InlineData("delivered")]
    [InlineData("stat:DELIVRD")]
    [InlineData("\0")]
    public void A_status_that_is_not_in_the_table_is_never_delivered(string? status)
    {
        DeliveryStates.DlrText.Find(status).Outcome.Should().Be(DeliveryOutcome.Unknown);
        new DeliveryTerms("dlr-text", "stat").Read(status).Finding.Should().Be(EvidenceFinding.Undecided);
        new DeliveryTerms("no-such-table", "stat") { Counts = [DeliveryOutcome.Delivered] }
            .Read("DELIVRD").Finding.Should().Be(EvidenceFinding.Undecided);
    }

    [Fact]
    public void A_table_can_be_replaced_status_by_status()
    {
        DeliveryTable own = DeliveryStates.DlrText.With(new DeliveryStatus("ACCEPTD", DeliveryOutcome.Delivered));

        own.Find("ACCEPTD").Outcome.Should().Be(DeliveryOutcome.Delivered);
        own.Find("REJECTD").Outcome.Should().Be(DeliveryOutcome.Failed);
        DeliveryStates.DlrText.Find("ACCEPTD").Outcome.Should().Be(DeliveryOutcome.Accepted);
    }
}
