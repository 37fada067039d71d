using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Seals;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The code of docs/check-a-statement.md.</summary>
public sealed class SealSnippets
{
    private static readonly Instant Day3 = Instant.FromUtc(2026, 3, 3, 12, 0);

    [Fact]
    public void Seal_a_statement_and_check_a_line()
    {
        Statement march = March();
        ProofSecret secret = ProofSecret.FromBytes(new byte[32]);
        (MerkleTree ledger, MerkleFrontier frontier) = LedgerOf(march);
        TreeHead february = new(2, ledger.RootAt(2));

        #region seal
        SealedStatement sealing = SealedStatement.Of(
            march, LineSalt.Of(secret, march.Id), saltOf: line => LineSalt.Of(secret, march.Id, line.Id), ledger.Head);
        StatementSeal seal = sealing.Seal;

        LedgerEntry entry = march.Lines[1];
        LineProof proof = sealing.Prove(1, entry, LineSalt.Of(secret, march.Id, entry.Id));
        LineProof totals = sealing.Prove(march, LineSalt.Of(secret, march.Id));
        string file = TermJson.Write(proof);
        #endregion

        #region check
        Reason? wrong = TermJson.Parse(file, LineProof.Read).Check(seal);     // null: the statement holds the line
        #endregion

        #region heads
        ConsistencyProof onlyAdded = ledger.ProveConsistency(first: 2, second: 3);
        bool holds = onlyAdded.Verify(february.Root, seal.Ledger!.Root);      // true
        #endregion

        wrong.Should().BeNull();
        holds.Should().BeTrue();
        frontier.Head.Should().Be(ledger.Head);
        proof.Line.Should().Contain("outcome=o2\n").And.Contain("amount=30.00 EUR\n");
        string root = seal.Root.ToString();
        IsProven(file, root, 4).Should().BeTrue();
        IsProven(file, root, 5).Should().BeFalse();
        IsProven(file, february.Root.ToString(), 3).Should().BeFalse();
        IsProven(file.Replace("30.00", "31.00", StringComparison.Ordinal), root, 4).Should().BeFalse();
        IsProven(file.Replace("\"index\":2", "\"index\":1", StringComparison.Ordinal), root, 4).Should().BeFalse();
        IsProven(TermJson.Write(totals), root, 4).Should().BeTrue();
        for (int i = 0; i < march.Lines.Count; i++)
        {
            Digest salt = LineSalt.Of(secret, march.Id, march.Lines[i].Id);
            IsProven(TermJson.Write(sealing.Prove(i, march.Lines[i], salt)), root, 4).Should().BeTrue();
        }
    }

    #region bcl
    static bool IsProven(string json, string root, int leaves)
    {
        using JsonDocument file = JsonDocument.Parse(json);
        JsonElement proof = file.RootElement;
        string Text(string name) => proof.GetProperty(name).GetString()!;

        byte[] content = [0, .. Convert.FromHexString(Text("salt")), .. Encoding.ASCII.GetBytes(Text("line"))];
        byte[] hash = SHA256.HashData(content);
        long node = proof.GetProperty("index").GetInt64();
        long last = proof.GetProperty("size").GetInt64() - 1;
        string heading = node == 0 ? "pm-statement-1" : "pm-line-1";
        if (node < 0 || node > last || last + 1 != leaves
            || !Text("line").StartsWith($"{heading}\nstatement={Text("statement")}\n", StringComparison.Ordinal))
        {
            return false;
        }

        IEnumerable<JsonElement> path = proof.TryGetProperty("path", out var found) ? found.EnumerateArray() : [];
        foreach (byte[] beside in path.Select(p => Convert.FromHexString(p.GetString()!)))
        {
            if (last == 0)
            {
                return false;
            }

            bool isLeft = node % 2 == 0 && node != last;
            hash = SHA256.HashData(isLeft ? [1, .. hash, .. beside] : [1, .. beside, .. hash]);
            while (!isLeft && node % 2 == 0 && node != 0)
            {
                (node, last) = (node / 2, last / 2);
            }

            (node, last) = (node / 2, last / 2);
        }

        return last == 0 && Convert.ToHexStringLower(hash) == root;
    }
    #endregion

    private static (MerkleTree Ledger, MerkleFrontier Frontier) LedgerOf(Statement statement)
    {
        MerkleTree ledger = new();
        MerkleFrontier frontier = MerkleFrontier.Empty;
        Digest link = HashChain.Start;
        foreach (LedgerEntry entry in statement.Lines)
        {
            #region chain
            link = HashChain.Next(link, TermDigest.Of(entry));
            frontier = frontier.Append(link);
            #endregion
            ledger.Append(link);
        }

        return (ledger, frontier);
    }

    private static Statement March()
    {
        Campaign campaign = ContractDraft.For("acme-2026").PaidBy("acme").WithPartner("p-blog")
            .In(Currency.Eur, "Europe/Berlin").Pays("sale", Pay.RevenueShare(10.Percent)).ToCampaign().Build();
        CampaignRun run = new(campaign, new Blog());
        for (int i = 1; i <= 3; i++)
        {
            run.Process(new CampaignInput.OfOutcome(new()
            {
                Id = new(FormattableString.Invariant($"o{i}")),
                At = Day3,
                Kind = "sale",
                Customer = new("cust-1"),
                Value = (100m + (100 * i)).Eur,
            }));
        }

        return run.Statements(Day3 + Duration.FromDays(60))[0];
    }

    private sealed class Blog : IJourneySource
    {
        public Journey Find(Outcome outcome) => new(new JourneyTouch[]
        {
            new()
            {
                Id = new("t1"),
                At = Day3 - Duration.FromDays(1),
                RecordedAt = Day3 - Duration.FromDays(1),
                Partner = new("p-blog"),
                Kind = TouchpointKind.Click,
            },
        });
    }
}
