using System.Text;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The code of docs/ids.md.</summary>
public sealed class IdSnippets
{
    [Fact]
    public void Name_customers_without_knowing_them()
    {
        byte[] secret = Encoding.ASCII.GetBytes("from the host's key vault, 24 bytes or more");

        #region pseudonyms
        using CustomerPseudonyms pseudonyms = new(new KeyId("2026-a"), secret, purpose: "acme");

        CustomerId byMail = pseudonyms.FromEmail(" Ann@Example.ORG");
        CustomerId byPhone = pseudonyms.FromPhone("+49 (30) 123-456");
        bool same = byMail == pseudonyms.FromEmail("ann@example.org");     // true
        #endregion

        same.Should().BeTrue();
        byMail.Value.Should().StartWith("p1.2026-a.").And.HaveLength(53);
        byPhone.Should().NotBe(byMail);
    }

    [Fact]
    public void Derive_an_id()
    {
        #region derived
        EntryId id = new(DerivedId.Of("earning", "acme-2026", "o1", "p-blog"));
        #endregion

        id.Value.Should().Be("ebe5979559b3b976da2040d7d5907904");
    }

    [Fact]
    public void Write_cells()
    {
        #region csv
        StringBuilder csv = new();
        CsvRow rows = new(csv);
        rows.Text("partner").Text("note").Text("amount").End();
        rows.Text("p-blog").Text("=HYPERLINK(\"http://evil.example\")").Number(-12.50m).End();
        #endregion

        csv.ToString().Should().Be(
            "partner,note,amount\r\np-blog,\"'=HYPERLINK(\"\"http://evil.example\"\")\",-12.50\r\n");
    }
}
