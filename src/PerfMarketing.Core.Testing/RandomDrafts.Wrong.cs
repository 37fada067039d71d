using System.Text.Json.Nodes;
using PerfMarketing.Attribution;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;

namespace PerfMarketing.Testing;

/// <content>Wrong contracts and campaigns, by the code that must be told.</content>
public sealed partial class RandomDrafts
{
    private const string Refused = "refused";

    private static readonly (string Code, Func<CampaignDraft, CampaignDraft> Spoil)[] CampaignFaults =
    [
        (CampaignCodes.AdvertiserMissing, static c => c with { Advertiser = default }),
        (CampaignCodes.ContractDuplicate, static c => c with { Contracts = c.Contracts.Add(c.Contracts[0]) }),
        (CampaignCodes.VersionsDiffer, static c => c with
        {
            Contracts = c.Contracts.Add(c.Contracts[0] with { Version = 2, Payer = new("another") }),
        }),
        (CampaignCodes.PaymentCircle, static c => c with { Contracts = c.Contracts.Add(Back(c.Contracts[0])) }),
        (AttributionCodes.RuleMissing, static c => c with { Attribution = null! }),
    ];

    private static readonly WrongTerms[] ContractTerms = [.. WrongTerms.OfContracts, .. WrongTerms.OfPayouts];

    /// <summary>The codes that <see cref="InvalidContract()"/> draws from, each once.</summary>
    public static ValueList<string> InvalidContractCodes { get; } =
        [.. Faults.Select(static f => f.Code).Concat(ContractTerms.Select(static t => t.Code)).Distinct()];

    /// <summary>
    /// The codes that <see cref="InvalidCampaign()"/> draws from, each once, those of contracts included.
    /// </summary>
    public static ValueList<string> InvalidCampaignCodes { get; } =
    [
        .. CampaignFaults.Select(static f => f.Code).Concat(WrongTerms.OfCampaigns.Select(static t => t.Code))
            .Concat(InvalidContractCodes).Distinct(),
    ];

    /// <summary>A contract with one thing wrong, and the code by which validation must tell it.</summary>
    public InvalidDraft InvalidContract()
    {
        int place = random.Below(Faults.Length + ContractTerms.Length);
        return place < Faults.Length ? Spoilt(Faults[place]) : Spoilt(ContractTerms[place - Faults.Length]);
    }

    /// <summary>A contract that is wrong in the one way.</summary>
    /// <param name="code">One of <see cref="InvalidContractCodes"/>.</param>
    /// <exception cref="ArgumentException">No contract is made wrong in that way.</exception>
    public InvalidDraft InvalidContract(string code)
    {
        (string Code, Func<RandomDrafts, ContractDraft, ContractDraft>)[] faults =
            Array.FindAll(Faults, f => f.Code == code);
        WrongTerms[] terms = Array.FindAll(ContractTerms, t => t.Code == code);
        int count = faults.Length + terms.Length;
        int place = count > 0
            ? random.Below(count)
            : throw new ArgumentException($"No contract is made wrong by '{code}'.", nameof(code));
        return place < faults.Length ? Spoilt(faults[place]) : Spoilt(terms[place - faults.Length]);
    }

    /// <summary>
    /// A campaign with one thing wrong, in itself or in its contract, and the code by which validation must tell it.
    /// </summary>
    public InvalidCampaign InvalidCampaign() => InvalidCampaign(
        InvalidCampaignCodes[random.Below(InvalidCampaignCodes.Count)]);

    /// <summary>A campaign that is wrong in the one way.</summary>
    /// <param name="code">One of <see cref="InvalidCampaignCodes"/>.</param>
    /// <exception cref="ArgumentException">No campaign is made wrong in that way.</exception>
    public InvalidCampaign InvalidCampaign(string code)
    {
        if (Array.Find(CampaignFaults, f => f.Code == code).Spoil is { } spoil)
        {
            return new(spoil(Campaign()), code);
        }

        WrongTerms[] terms = Array.FindAll(WrongTerms.OfCampaigns, t => t.Code == code);
        if (terms.Length == 0)
        {
            return new(InvalidContract(code).Draft.AttributedBy(Rule()), code);
        }

        WrongTerms wrong = terms[random.Below(terms.Length)];
        ContractDraft contract = Contract("contract", Currency.Eur);
        JsonObject campaign = JsonNode.Parse(TermJson.Write(contract.AttributedBy(Rule())))!.AsObject();
        if (wrong.Place is TermPlace.Campaign or TermPlace.Attribution or TermPlace.Budget)
        {
            Put(campaign, contract, wrong);
        }
        else
        {
            Put(campaign["contracts"]![0]!.AsObject(), contract, wrong);
        }

        return new(CampaignJson.ParseCampaign(campaign.ToJsonString()), code);
    }

    private InvalidDraft Spoilt((string Code, Func<RandomDrafts, ContractDraft, ContractDraft> Spoil) fault) =>
        new(fault.Spoil(this, Contract()), fault.Code);

    private InvalidDraft Spoilt(WrongTerms wrong)
    {
        ContractDraft sound = Contract("contract", Currency.Eur);
        JsonObject contract = JsonNode.Parse(TermJson.Write(sound))!.AsObject();
        Put(contract, sound, wrong);
        return new(CampaignJson.ParseContract(contract.ToJsonString()), wrong.Code);
    }

    private void Put(JsonObject draft, ContractDraft contract, WrongTerms wrong)
    {
        int place = random.Below(contract.Clauses.Count);
        ClauseDraft clause = contract.Clauses[place];
        JsonNode terms = JsonNode.Parse(wrong.Json.Replace("$PARTNER", contract.Partners[0].Value, Exactly)
            .Replace("$CONTRACT", contract.Id.Value, Exactly).Replace("$CLAUSE", clause.Id.Value, Exactly)
            .Replace("$OUTCOME", clause.Outcome.ToString(), Exactly))!;
        switch (wrong.Place)
        {
            case TermPlace.Contract or TermPlace.Campaign:
                Set(draft, terms);
                break;
            case TermPlace.Clause:
                Set(draft["clauses"]![place]!.AsObject(), terms);
                break;
            case TermPlace.Pays or TermPlace.Proof:
                draft["clauses"]![place]![wrong.Place == TermPlace.Pays ? "pays" : "proof"] = terms;
                break;
            case TermPlace.Period:
                terms["id"] = Refused;
                draft["periods"] = new JsonArray(terms);
                break;
            case TermPlace.Attribution:
                draft["attribution"] = terms;
                break;
            default:
                draft["budgets"] = new JsonArray(terms);
                break;
        }
    }

    private static StringComparison Exactly => StringComparison.Ordinal;

    private static void Set(JsonObject draft, JsonNode terms)
    {
        foreach ((string name, JsonNode? value) in terms.AsObject())
        {
            draft[name] = value!.DeepClone();
        }
    }

    // A contract by which the first one's partner pays its payer.
    private static ContractDraft Back(ContractDraft contract) => ContractDraft.For("back")
        .PaidBy(contract.Partners[0].Value).WithPartner(contract.Payer.Value)
        .In(contract.Currency, contract.Zone)
        .Pays(new OutcomeKind("sale"), Pay.Fixed(Money.FromMinor(100, contract.Currency)));

    private static PayoutModel Deep(Money most)
    {
        PayoutModel model = Pay.RevenueShare(5.Percent);
        for (int i = 0; i <= PayoutModelCatalog.DepthMax; i++)
        {
            model = model.CappedAt(most);
        }

        return model;
    }
}
