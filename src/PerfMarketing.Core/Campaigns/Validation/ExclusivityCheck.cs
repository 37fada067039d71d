using FluentValidation.Results;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Campaigns.Validation;

/// <summary>Finds what is one partner's alone and is granted to another, in the contracts of one campaign.</summary>
internal static class ExclusivityCheck
{
    public static IEnumerable<ValidationFailure> Of(ValueList<ContractDraft> contracts)
    {
        if (contracts.Count > Campaign.ContractCountMax
            || contracts.All(static c => c.Coupons.Count == 0 && c.Exclusive.Count == 0)
            || contracts.Any(static c => c.Coupons.Count > CouponAssignment.CountMax
                || c.Exclusive.Count > ExclusiveGrant.CountMax))
        {
            return [];
        }

        ForceTimes times = new(contracts);
        return Coupons(contracts, times).Concat(Grants(contracts, times)).Concat(Lists(contracts, times));
    }

    private static IEnumerable<ValidationFailure> Coupons(ValueList<ContractDraft> contracts, ForceTimes times)
    {
        Dictionary<string, List<(ContractDraft Contract, CouponAssignment Coupon)>> known =
            new(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < contracts.Count; i++)
        {
            ContractDraft contract = contracts[i];
            for (int j = 0; j < contract.Coupons.Count; j++)
            {
                CouponAssignment coupon = contract.Coupons[j];
                if (!known.TryGetValue(coupon.Code, out List<(ContractDraft Contract, CouponAssignment Coupon)>? same))
                {
                    known.Add(coupon.Code, same = []);
                }

                if (same.Any(other => other.Coupon.Partner != coupon.Partner
                    && times.Meet(other.Contract, other.Coupon.Effective, contract, coupon.Effective)))
                {
                    yield return new(
                        Path(i, nameof(contract.Coupons), j), $"The code {coupon.Code} is another partner's.")
                    {
                        ErrorCode = ExclusivityCodes.CouponTwice,
                    };
                }

                same.Add((contract, coupon));
            }
        }
    }

    // One exclusive grant against those before it, of its own contract and of others.
    private static IEnumerable<ValidationFailure> Grants(ValueList<ContractDraft> contracts, ForceTimes times)
    {
        List<(ContractDraft Contract, ExclusiveGrant Grant)> known = [];
        for (int i = 0; i < contracts.Count; i++)
        {
            ContractDraft contract = contracts[i];
            for (int j = 0; j < contract.Exclusive.Count; j++)
            {
                ExclusiveGrant grant = contract.Exclusive[j];
                if (known.Any(other => other.Grant.Overlaps(grant)
                    && times.Meet(other.Contract, other.Grant.Effective, contract, grant.Effective)
                    && !HaveSameHolders(other.Contract, other.Grant, contract, grant)))
                {
                    yield return Twice(Path(i, nameof(contract.Exclusive), j));
                }

                known.Add((contract, grant));
            }
        }
    }

    // A list that allows by name what another contract has for its partners alone.
    private static IEnumerable<ValidationFailure> Lists(ValueList<ContractDraft> contracts, ForceTimes times)
    {
        for (int i = 0; i < contracts.Count; i++)
        {
            if (contracts[i] is { Permissions: { } permissions } contract
                && contracts.Any(other => other.Id != contract.Id && other.Exclusive.Any(grant =>
                    Allows(permissions, grant)
                    && times.Meet(other, grant.Effective, contract, null)
                    && contract.Partners.Except(HoldersOf(other, grant)).Any())))
            {
                yield return Twice(Path(i, nameof(contract.Permissions)));
            }
        }
    }

    private static bool Allows(Permissions permissions, ExclusiveGrant grant) =>
        grant.Category is null
        && (grant.Channel is not { } channel || permissions.Channels.Contains(channel))
        && (grant.Place is not { } place
            || permissions.Places.Any(p => p.Contains(place) || place.Contains(p)));

    private static bool HaveSameHolders(
        ContractDraft left, ExclusiveGrant leftGrant, ContractDraft right, ExclusiveGrant rightGrant) =>
        HoldersOf(left, leftGrant).ToHashSet().SetEquals(HoldersOf(right, rightGrant));

    private static ValueList<PartnerId> HoldersOf(ContractDraft contract, ExclusiveGrant grant) =>
        grant.Partner is { } one ? [one] : contract.Partners;

    private static ValidationFailure Twice(string path) =>
        new(path, "Another contract has this for its partners alone on some of these days.")
        {
            ErrorCode = ExclusivityCodes.GrantedTwice,
        };

    private static string Path(int contract, string list, int? index = null) =>
        $"{nameof(CampaignDraft.Contracts)}[{InvariantText.Of(contract)}].{list}"
        + (index is { } place ? $"[{InvariantText.Of(place)}]" : string.Empty);
}
