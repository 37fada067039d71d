using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using PerfMarketing.Campaigns;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Seals;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement.Seals;

public sealed class SealedStatementTests
{
    private static readonly Statement March = Statement(37);
    private static readonly SealedStatement Sealed = SealedStatement.Of(
        March, LineSalt.Of(Secret(1), March.Id), static l => Salt(March, l));

    [Fact]
    public void Every_line_of_a_statement_has_its_proof()
    {
        for (int i = 0; i < March.Lines.Count; i++)
        {
            LineProof proof = Proof(i);

            proof.Check(Sealed.Seal).Should().BeNull();
            proof.Line.Should().Be(LineText.Of(March.Id, March.Lines[i]));
            TermJson.Parse(TermJson.Write(proof), LineProof.Read).Should().Be(proof);
        }
    }

    [Fact]
    public void A_line_is_a_text_that_a_person_can_read() =>
        Proof(0).Line.Should().Be(
            $"""
            pm-line-1
            statement={March.Id}
            entry={March.Lines[0].Id}
            record=earning
            outcome=o00
            contract=acme-2026
            version=1
            clause=sale
            partner=p-blog
            amount=1.00 EUR
            occurred=2026-03-03T12:00:00Z
            decided=2026-03-03T12:00:00Z
            payable=2026-03-03T12:00:00Z
            digest={TermDigest.Of(March.Lines[0])}

            """.ReplaceLineEndings("\n"));

    [Fact]
    public void What_a_statement_carries_and_pays_is_sealed_with_its_lines()
    {
        Header.Check(Sealed.Seal).Should().BeNull();
        Header.Line.Should().Be(
            $"""
            pm-statement-1
            statement={March.Id}
            contract=acme-2026
            version=1
            partner=p-blog
            period=2026-03
            from=2026-02-28T23:00:00Z
            to=2026-03-31T22:00:00Z
            lines=37
            opening=0.00 EUR
            gross=43.66 EUR
            adjustments=0.00 EUR
            payable=43.66 EUR
            due=
            exposure=independent
            claimed=
            withheld=
            reserve-until=
            released=
            clawback-settled=
            held=
            reserve=
            closing=0.00 EUR

            """.ReplaceLineEndings("\n"));
        TermJson.Parse(TermJson.Write(Header), LineProof.Read).Should().Be(Header);

        // The same lines with other amounts have another seal.
        Statement other = March with { Opening = 1.Eur, Closing = 1.Eur };
        SealedStatement.Of(other, LineSalt.Of(Secret(1), March.Id), static l => Salt(March, l)).Seal.Root
            .Should().NotBe(Sealed.Seal.Root);
        (Header with { Line = StatementText.Of(other) }).Check(Sealed.Seal)!.Code.Should().Be(SealReasons.NotIncluded);
        FluentActions.Invoking(() => Sealed.Prove(other, LineSalt.Of(Secret(1), March.Id)))
            .Should().Throw<ArgumentException>();
        FluentActions.Invoking(static () => StatementText.Of(March with { Period = "2026-03\nclosing=9.00 EUR" }))
            .Should().Throw<ArgumentException>();
    }

    [Fact]
    public void A_line_is_not_shown_in_the_place_of_the_amounts()
    {
        Code(Proof(0) with { Index = 0 }).Should().Be(SealReasons.OtherStatement);
        Code(Header with { Index = 1 }).Should().Be(SealReasons.OtherStatement);
    }

    [Fact]
    public void Proofs_with_gaps_prove_nothing()
    {
        Code(Proof(5) with { Line = null! }).Should().Be(SealReasons.OtherStatement);
        Code(Proof(5) with { Path = null! }).Should().Be(SealReasons.NotIncluded);
        Code(Proof(5) with { Statement = default }).Should().Be(SealReasons.OtherStatement);
    }

    [Fact]
    public void Any_flipped_bit_of_a_line_or_its_salt_is_found()
    {
        Gen<(int Index, int Place, int Bit)> cases =
            from index in Gen.Choose(-1, March.Lines.Count - 1)
            from place in Gen.Choose(0, 10_000)
            from bit in Gen.Choose(0, 6)
            select (index, place, bit);

        Prop.ForAll(cases.ToArbitrary(), static c =>
        {
            LineProof proof = c.Index < 0 ? Header : Proof(c.Index);
            byte[] line = Encoding.ASCII.GetBytes(proof.Line);
            line[c.Place % line.Length] ^= (byte)(1 << c.Bit);
            byte[] salt = new byte[Digest.Size];
            proof.Salt.CopyTo(salt);
            salt[c.Place % salt.Length] ^= (byte)(1 << c.Bit);
            Digest.TryRead(salt, out Digest other).Should().BeTrue();
            return (proof with { Line = Encoding.ASCII.GetString(line) }).Check(Sealed.Seal) is not null
                && (proof with { Salt = other }).Check(Sealed.Seal) is { Code: SealReasons.NotIncluded };
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000).WithReplay(20_261_122, 7));
    }

    [Fact]
    public void What_is_wrong_is_said()
    {
        LineProof proof = Proof(5);
        StatementSeal seal = Sealed.Seal;

        Code(proof with { Statement = new("other") }).Should().Be(SealReasons.OtherStatement);
        Code(proof with { Line = "pm-line-1\nstatement=other\n" }).Should().Be(SealReasons.OtherStatement);
        proof.Check(seal with { Statement = new("other") })!.Code.Should().Be(SealReasons.OtherStatement);
        Code(proof with { Size = 37 }).Should().Be(SealReasons.OtherSize);
        Code(proof with { Index = 7 }).Should().Be(SealReasons.NotIncluded);
        Code(proof with { Line = proof.Line + "ä\ud800" }).Should().Be(SealReasons.NotIncluded);
        Code(proof with { Path = [] }).Should().Be(SealReasons.NotIncluded);
        proof.Check(seal with { Root = default })!.Code.Should().Be(SealReasons.NotIncluded);
    }

    [Fact]
    public void A_salt_keeps_a_line_secret_and_its_loss_keeps_the_rest_provable()
    {
        // A neighbour's leaf is in the path of a proof: without its salt, even the whole line does not find it.
        LineProof shown = Proof(0);
        Digest guessed = MerkleHash.Leaf(Encoding.ASCII.GetBytes(StatementText.Of(March)));
        shown.Path[0].Should().Be(Sealed.Leaves[0]).And.NotBe(guessed);
        March.Lines.Select(static l => Salt(March, l)).Distinct().Should().HaveCount(March.Lines.Count);

        // The line and the salt are gone; what is stored of them is the leaf.
        SealedStatement stored = TermJson.Parse(TermJson.Write(Sealed), SealedStatement.Read);
        stored.Seal.Should().Be(Sealed.Seal);
        stored.Prove(0, March.Lines[0], Salt(March, March.Lines[0])).Check(stored.Seal).Should().BeNull();
    }

    [Fact]
    public void Salts_depend_on_secret_statement_and_entry()
    {
        Digest salt = LineSalt.Of(Secret(1), new("s1"), new("e1"));

        salt.Should().Be(LineSalt.Of(Secret(1), new("s1"), new("e1")))
            .And.NotBe(LineSalt.Of(Secret(2), new("s1"), new("e1")))
            .And.NotBe(LineSalt.Of(Secret(1), new("s2"), new("e1")))
            .And.NotBe(LineSalt.Of(Secret(1), new("s1"), new("e2")));
        ProofSecret erased = Secret(1);
        erased.Erase();
        FluentActions.Invoking(() => LineSalt.Of(erased, new("s1"), new("e1"))).Should().Throw<ArgumentException>();
        FluentActions.Invoking(static () => LineSalt.Of(ProofSecret.FromBytes(new byte[23]), new("s1"), new("e1")))
            .Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Only_closed_statements_are_sealed_and_only_sealed_lines_are_proven()
    {
        FluentActions.Invoking(static () => SealedStatement.Of(
            March with { IsClosed = false }, default, static _ => default))
            .Should().Throw<ArgumentException>();
        FluentActions.Invoking(static () => Sealed.Prove(1, March.Lines[0], Salt(March, March.Lines[0])))
            .Should().Throw<ArgumentException>();
        FluentActions.Invoking(static () => Sealed.Prove(0, March.Lines[0], default))
            .Should().Throw<ArgumentException>();
        FluentActions.Invoking(static () => Sealed.Prove(37, March.Lines[0], default))
            .Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void A_statement_without_lines_has_the_root_of_its_amounts()
    {
        Statement empty = March with { Lines = [] };

        StatementSeal seal = SealedStatement.Of(empty, default, static _ => default).Seal;
        (seal.Size, seal.Root).Should().Be(
            (1, MerkleHash.SaltedLeaf(default, Encoding.ASCII.GetBytes(StatementText.Of(empty)))));
    }

    [Fact]
    public void Two_seals_of_one_ledger_are_consistent()
    {
        MerkleTree ledger = new();
        List<StatementSeal> seals = [];
        Digest link = HashChain.Start;
        for (int month = 1; month <= 3; month++)
        {
            foreach (LedgerEntry entry in Statement(5 * month).Lines)
            {
                link = HashChain.Next(link, TermDigest.Of(entry));
                ledger.Append(link);
            }

            seals.Add(SealedStatement.Of(Statement(5), default, static _ => default, ledger.Head).Seal);
        }

        ledger.ProveConsistency(5, 30).Verify(seals[0].Ledger!.Root, seals[2].Ledger!.Root).Should().BeTrue();
        ledger.ProveConsistency(15, 30).Verify(seals[0].Ledger!.Root, seals[2].Ledger!.Root).Should().BeFalse();
        TermJson.Parse(TermJson.Write(seals[2]), StatementSeal.Read).Should().Be(seals[2]);
    }

    [Fact]
    public void A_stored_seal_whose_leaves_do_not_give_its_root_is_refused()
    {
        string json = TermJson.Write(Sealed).Replace(
            Sealed.Leaves[3].ToString(), Sealed.Leaves[4].ToString(), StringComparison.Ordinal);

        TermFailures failures = [];
        TermJson.TryParse(json, SealedStatement.Read, failures, out _).Should().BeFalse();
        failures.Should().ContainSingle().Which.Code.Should().Be(SealReasons.Unsound);
        TermJson.TryParse("""{ "leaves": ["x"] }""", SealedStatement.Read, [], out _).Should().BeFalse();
        TermJson.TryParse("{}", LineProof.Read, [], out _).Should().BeFalse();
    }

    private static string? Code(LineProof proof) => proof.Check(Sealed.Seal)?.Code;

    private static LineProof Header => Sealed.Prove(March, LineSalt.Of(Secret(1), March.Id));

    private static LineProof Proof(int index) =>
        Sealed.Prove(index, March.Lines[index], Salt(March, March.Lines[index]));

    private static Digest Salt(Statement statement, LedgerEntry line) =>
        LineSalt.Of(Secret(1), statement.Id, line.Id);

    private static ProofSecret Secret(byte first) => ProofSecret.FromBytes([first, .. new byte[31]]);

    private static Statement Statement(int lines)
    {
        CampaignRun run = Run(
            Contract(Pay.RevenueShare(100.Percent)).ToCampaign(), Touch("p-blog", "2026-03-01T09:00:00Z"));
        for (int i = 0; i < lines; i++)
        {
            string id = string.Create(CultureInfo.InvariantCulture, $"o{i:00}");
            run.Process(Of(Sale(id, "2026-03-03T12:00:00Z", Money.FromMinor(100 + i, Currency.Eur))));
        }

        return run.Statements(At("2026-05-01T00:00:00Z"))[0];
    }
}
